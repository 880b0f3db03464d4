package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/cmd/internal/verify"
	"epgsim/sim/claims"
	"epgsim/sim/store"
)

func (a *app) verify() *cobra.Command {
	c, workers, quiet := verify.Check{}, 0, false
	cmd := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check that results are what was written, and what the model computes",
		Long: `verify checks a directory that compare, decide, run, explain, sensitivity,
programme, claims or sweep has left: every file against its hash; then it makes all
of it again, tables, figures and report, in a temporary folder, and compares byte by
byte. It names what differs: file, row, column, what is there and what was.

That takes as long as it took to make. --quick compares with the hashes only, and
CSV with Parquet: that does not find what somebody has changed together with the
hashes. Of a large data set, --parts 20 makes 20 parts again.

Exit codes: 0 all is as it was; 1 something differs; 2 DIR is none of epgsim's.`,
		Example: `  epgsim verify out/food-products-compare
  epgsim verify out/food-products-compare --quick`,
		Args:              arguments(1, 1, "DIR", "the DIR of some results, such as out/food-products-compare"),
		ValidArgsFunction: completeDirectory,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("parts") && c.Parts < 1 {
				return usagef("--parts = %d: must be at least 1", c.Parts)
			}
			if err := checkWorkers(workers); err != nil {
				return err
			}
			c.Dir = args[0]
			c.Again = func(ctx context.Context, r verify.Recipe) error {
				return a.makeAgain(ctx, c.Dir, r, fmt.Sprintf("--workers=%d", workers), fmt.Sprintf("--quiet=%v", quiet))
			}
			return a.runVerify(cmd.Context(), c)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&c.Quick, "quick", false, "compare with hashes only; compute nothing again")
	f.IntVar(&c.Parts, "parts", 0, "of a data set, make so many parts again, evenly spread (default all)")
	addWorkers(cmd, &workers)
	addQuiet(cmd, &quiet)
	cmd.MarkFlagsMutuallyExclusive("quick", "parts")
	return cmd
}

func (a *app) runVerify(ctx context.Context, c verify.Check) (err error) {
	switch info, err := os.Stat(c.Dir); {
	case errors.Is(err, fs.ErrNotExist):
		return usagef("%s: there is no such directory", c.Dir)
	case err == nil && !info.IsDir():
		return usagef("%s: is a file; name the directory of results that it is in", c.Dir)
	}
	c.Out = tell.HarmlessWriter(a.out)
	if c.Model, err = report.ModelHash(); err != nil {
		return err
	}
	if !store.IsDataset(c.Dir) && report.IsFile(filepath.Join(c.Dir, report.LedgerFile)) {
		if c.Ledger, err = ledgerAt(c.Dir); err != nil {
			return err
		}
	}
	err = verify.Run(ctx, c)
	if stranger := (verify.NotOurs{}); errors.As(err, &stranger) {
		return usageError{err}
	}
	return err
}

// makeAgain calls the program's own command that makes results again. It goes by
// a file that anybody may have written, so only by commands that write nowhere
// but to --out.
func (a *app) makeAgain(ctx context.Context, dir string, r verify.Recipe, flags ...string) error {
	words, of := slices.Clone(r.Words), r.Words[1]
	if !filepath.IsAbs(of) {
		of = filepath.Join(dir, filepath.FromSlash(of))
	}
	switch verb := words[0]; {
	case verb == "claims":
	case (verb == "sensitivity" || verb == "decide" && words[1] != report.DecisionFile) && !store.IsDataset(of):
		return verify.Unknown("its data set is not at " + of)
	case verb == "sensitivity", verb == "decide",
		verb == "sweep" && words[1] == report.DesignFile,
		verb == "programme" && words[1] == report.ProgrammeFile,
		verb == "calibrate" && words[1] == report.TargetsFile,
		slices.Contains([]string{"compare", "run", "explain"}, verb) && words[1] == report.ScenarioFile:
		words[1] = of
		for k := 2; k < len(words) && words[k] == report.ScenarioFileOf(k-1); k++ {
			words[k] = filepath.Join(dir, words[k])
		}
	default:
		return verify.Unknown(fmt.Sprintf("this program does not know how to %s %s again", verb, words[1]))
	}
	if k := slices.Index(words, "--worlds="+report.WorldsFile); k >= 0 {
		words[k] = "--worlds=" + filepath.Join(dir, report.WorldsFile)
	}
	// It says of itself what the other says, so that only what is computed can differ.
	again := &app{out: io.Discard, err: a.err, args: r.As.Command[min(1, len(r.As.Command)):],
		now: func() time.Time { return r.As.Started }, as: r.As, only: r.Only}
	root := again.root()
	place := "--out="
	if slices.Contains(words, "--data-only") && words[0] == "decide" {
		place = "--data="
	}
	root.SetArgs(append(append(words, place+r.Out), flags...))
	return root.ExecuteContext(ctx)
}

// wanted are those of the missing parts of a sweep that shall be run.
func (a *app) wanted(missing []store.Part) []store.Part {
	if a.only == nil {
		return missing
	}
	only := map[store.Part]bool{}
	for _, p := range a.only {
		only[p] = true
	}
	return slices.DeleteFunc(missing, func(p store.Part) bool { return !only[p] })
}

// ledgerAt reads what a ledger of claims is of, and how it is made again.
func ledgerAt(dir string) (*verify.Ledger, error) {
	of, err := report.ReadLedger(dir)
	if err != nil {
		return nil, err
	}
	f := &of.Facts
	l := &verify.Ledger{
		Title:       fmt.Sprintf("ledger of %s, seed %d", tell.Plural(len(f.Claims), "claim", "claims"), f.Seed),
		Interrupted: !report.IsFile(filepath.Join(dir, report.LedgerPage)) && !report.IsFile(filepath.Join(dir, report.LedgerTable)),
		Unknown:     "no --quick, --full or neither has its numbers of replications and parameter sets",
	}
	l.As = &store.Manifest{Version: f.Version, ModelHash: f.ModelHash}
	l.Words = append([]string{"claims"}, f.Claims...)
	for flag, p := range map[string]claims.Plan{"--quick": claims.Quick, "--full": claims.Full, "--quick=false": claims.Standard} {
		if p.Replications == f.Replications && p.Sets == f.Sets && p.SetReplications == f.SetReplications {
			l.Words, l.Unknown = append(l.Words, flag, fmt.Sprintf("--seed=%d", f.Seed)), ""
		}
	}
	if f.Worlds != "" {
		l.Words = append(l.Words, "--worlds="+report.WorldsFile)
	}
	if len(of.Claims) == 0 || report.ExperimentsHash(of.Claims) != f.Experiments {
		l.Unknown = "this program makes other experiments of these claims"
	}
	return l, nil
}
