package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

// verifyOptions are the flags of verify.
type verifyOptions struct {
	rows, workers int
	all, quiet    bool
}

func (a *app) verify() *cobra.Command {
	o := &verifyOptions{}
	cmd := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check that results are what was written, and what the model computes",
		Long: `verify checks a directory that compare, run, explain, sensitivity, claims or sweep
has left: every file against its hash, CSV against Parquet, and some runs, spread
over all, against what this program computes for the same scenario and seed, to
the last bit. It names what differs: file, row, column, what is there and what
was.

With --all everything is made again, tables, figures and report, and compared.
That takes as long as it took to make, and finds what somebody has changed
together with the hashes.

Exit codes: 0 all is as it was; 1 something differs; 2 DIR is none of epgsim's.`,
		Example: `  epgsim verify out/food-products-compare
  epgsim verify out/food-products-compare --all`,
		Args:              oneResult,
		ValidArgsFunction: completeDirectory,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.rows < 0 {
				return usagef("--rows = %d: must not be negative", o.rows)
			}
			if err := checkWorkers(o.workers); err != nil {
				return err
			}
			return a.runVerify(cmd.Context(), args[0], o)
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.rows, "rows", 200, "compute so many runs again, spread evenly over all; 0: none")
	f.BoolVar(&o.all, "all", false, "make everything again")
	f.IntVar(&o.workers, "workers", 0, "simulations at a time; never changes a result (default one per processor)")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress, only results")
	cmd.MarkFlagsMutuallyExclusive("rows", "all")
	return cmd
}

// verification is what is found out about a directory.
type verification struct {
	app     *app
	dir     string
	options *verifyOptions
	found   []*mismatch
	checked []string // what was compared, for people
	left    []string // what was not, and why
}

// mismatch is a file that is not what it was, or not what is computed.
type mismatch struct {
	path     string
	problems []string
}

func (m *mismatch) String() string {
	text, rest := m.problems[0], m.problems[1:]
	if len(rest) > 0 {
		text += ": " + strings.Join(rest, "; ")
	}
	return m.path + " " + text
}

func (a *app) runVerify(ctx context.Context, dir string, o *verifyOptions) error {
	to := *a
	to.out = tell.HarmlessWriter(a.out)
	v := &verification{app: &to, dir: dir, options: o}
	look := v.run
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return usagef("%s: there is no such directory", dir)
	case err == nil && !info.IsDir():
		return usagef("%s: is a file; name the directory of results that it is in", dir)
	case store.IsDataset(dir):
		look = v.sweep
	case isFile(filepath.Join(dir, report.LedgerFile)):
		look = v.claims
	}
	if err := look(ctx); err != nil {
		return err
	}
	return v.tell()
}

// notOurs makes an error of usage of there being nothing of epgsim's to
// verify. What is epgsim's and damaged is a difference like others.
func (v *verification) notOurs(err error, files ...string) error {
	for _, name := range files {
		b, _ := os.ReadFile(filepath.Join(v.dir, name))
		if bytes.Contains(b[:min(len(b), 64)], []byte(`"program": "epgsim`)) {
			return errors.New(strings.ReplaceAll(err.Error(), "\n", ": "))
		}
	}
	return usageError{err}
}

// differs notes that a file differs; of several problems the first says what
// is wrong and the others where.
func (v *verification) differs(path, problem string) {
	for _, m := range v.found {
		if m.path == path {
			m.problems = append(m.problems, problem)
			return
		}
	}
	v.found = append(v.found, &mismatch{path, []string{problem}})
}

// changed says whether something was found about a file.
func (v *verification) changed(path string) bool {
	return slices.ContainsFunc(v.found, func(m *mismatch) bool { return m.path == path })
}

// checks notes what has been compared and leaves what has not.
func (v *verification) checks(format string, args ...any) {
	v.checked = append(v.checked, fmt.Sprintf(format, args...))
}

func (v *verification) leaves(format string, args ...any) {
	v.left = append(v.left, fmt.Sprintf(format, args...))
}

// model says when the model is not the one that made the results.
func (v *verification) model(hash string) error {
	own, err := report.ModelHash()
	if err == nil && own != hash {
		fmt.Fprintf(v.app.out, "Another model made this (hash %.12s, this program's is %.12s): results may rightly differ.\n", hash, own)
	}
	return err
}

// tell says what was found.
func (v *verification) tell() error {
	out := v.app.out
	for _, m := range v.found {
		fmt.Fprintln(out, m)
	}
	text := "Nothing differs. "
	if n := len(v.found); n > 0 {
		text = tell.Plural(n, "file is not as it was. ", "files are not as they were. ")
	}
	fmt.Fprintln(out, tell.Wrap(text+"Compared: "+strings.Join(v.checked, "; ")+".", 110, ""))
	if len(v.left) > 0 {
		fmt.Fprintln(out, tell.Wrap("Not compared: "+strings.Join(v.left, "; ")+".", 110, ""))
	}
	if len(v.found) > 0 {
		return fmt.Errorf("%s: not as it was", v.dir)
	}
	return nil
}
