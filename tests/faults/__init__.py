"""What is promised when things go wrong: each promise a campaign, each campaign able to fail.

A campaign runs the real program (`campaign`) on command lines out of one table (`kinds`), stops
it in one way, and looks at what it left behind without the program's writing side (`judging`).
Its short form is in every run, its long form in `pytest -m long tests/faults`. Beside each stands
a control: the same campaign on a program that leaves one safeguard out (`wrong`) must fail. In a
short form a command mostly starts loaded (`forge`); in a long one it is `python -m hazardctl`.
What is not of files runs on a ledger in a file and on one on a server.

    stopped at a moment that is drawn       test_killed_at_random
    no reader                               test_unsaid
    sixteen desks                           test_sixteen_desks
    Ctrl-C                                  test_interrupted
    asked twice                             test_asked_twice
    of a file: stopped at every call        test_killed_at_every_call
    no room                                 test_no_room
    power loss                              test_power_loss
    bytes that are not what was written     test_damages
    of a server: it is killed               test_killed_server

Chance is seeded: `--seed N`, or HAZARDCTL_TEST_SEED; the seed is in the first lines of a run.
"""
