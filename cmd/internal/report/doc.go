// Package report turns results into what a command leaves: a directory of
// tables, figures, a page and a manifest, and the text that is printed.
//
// Create opens the directory of one command (Results). A Tell method each for
// comparisons, runs, explanations and sensitivity analyses collects verdict,
// tables and figures, writes page and manifest, and then prints. Data sets of
// sweeps (SweepHead, SweepSink, ReadSweep) and ledgers of claims (Ledger) have
// directories of their own kind.
//
// The package knows nothing of flags, exit codes or the process around it. The
// program, its arguments and its clock are given as a Program.
package report
