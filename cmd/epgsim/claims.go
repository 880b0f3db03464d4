package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/sim/claims"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

type claimsOptions struct {
	options
	quick, full bool
}

func (a *app) claims() *cobra.Command {
	o := &claimsOptions{}
	cmd := &cobra.Command{
		Use:   "claims [ID...]",
		Short: "Test what the literature claims: the ledger",
		Long: `claims runs what the literature says about export partner groups as experiments:
each claim is a contrast between variants on common luck, at the defaults and
under random parameter sets over all plausible ranges, and once more with the
mechanism believed to cause it switched off. Without ID it runs all.

Verdicts: holds; weak (holds, but is nearly implied by the model's build); not
robust (not for enough parameter sets); not shown; contradicted. One is marked
borderline when another draw of luck or of parameter sets could well give its
neighbour. With --worlds FILE each claim is tested in calibrated worlds too, and
the share and the verdict over them stand beside. What has run is kept in the output directory, and an interrupted ledger goes on from there.`,
		Example: `  epgsim claims --quick
  epgsim claims C104 C105`,
		ValidArgsFunction: completeClaim,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runClaims(cmd.Context(), args, o)
		},
	}
	f := cmd.Flags()
	addOut(cmd, &o.out, "directory for the ledger's page, table and finished work (default out/claims, or out/claims-2 … when another ledger is there)")
	f.BoolVar(&o.quick, "quick", false, "fewer replications and parameter sets: a look in a minute or so")
	f.BoolVar(&o.full, "full", false, "more of both, for publication")
	addWorlds(cmd, &o.worlds, "test the claims in calibrated worlds too: a FILE, such as calibrate leaves; as many are drawn as there are parameter sets")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all luck")
	addWorkers(cmd, &o.workers)
	addQuiet(cmd, &o.quiet)
	addForce(cmd, &o.force, "replace the ledger of another plan, model or choice of claims")
	cmd.MarkFlagsMutuallyExclusive("quick", "full")
	return cmd
}

var completeClaim = offer(cobra.ShellCompDirectiveNoFileComp, func() (ids []string) {
	for _, c := range claims.Ledger() {
		ids = append(ids, c.ID+"\t"+c.Statement)
	}
	return ids
})

func (o *claimsOptions) plan() (claims.Plan, error) {
	p := claims.Standard
	switch {
	case o.quick:
		p = claims.Quick
	case o.full:
		p = claims.Full
	}
	var err error
	p.Seed, p.Workers = o.seed, o.workers
	p.Worlds, err = worldsOf(o.worlds)
	return p, err
}

func (a *app) runClaims(ctx context.Context, ids []string, o *claimsOptions) (err error) {
	if err := checkWorkers(o.workers); err != nil {
		return err
	}
	cs, unknown := claims.Find(ids)
	if unknown != "" {
		var ids []string
		for _, c := range claims.Ledger() {
			ids = append(ids, c.ID)
		}
		return usagef("no claim %s; %s", unknown, remedy(strings.ToUpper(unknown), ids))
	}
	l, err := a.openLedger(cs, o)
	if err != nil {
		return err
	}
	defer func() {
		if e := l.Close(); err == nil {
			err = e
		}
	}()
	a.tellWorlds(l.Plan.Worlds, l.Plan.Sets, l.Plan.Seed)
	a.tellFixed(l.Plan.Worlds)
	units, left := l.Units()
	if n := len(units); n > 0 && left > 0 && !o.quiet {
		fmt.Fprintf(a.err, "going on: %d of %d units of work are done\n", n, len(l.Plan.Units()))
	}
	bar := a.progress("testing claims", left, o.quiet)
	err = l.Run(ctx, units, bar.add)
	bar.finish()
	if err != nil {
		return a.kept(err)
	}
	results := claims.Judge(cs, units)
	// Before anything is printed, for the reader of a pipe may close it.
	if err := l.Write(results); err != nil {
		return err
	}
	report.PrintLedger(a.out, l.Plan, results)
	_, err = fmt.Fprintf(a.out, "\nLedger: %s\n", filepath.Join(l.Path, report.LedgerPage))
	return err
}

// tellFixed says what claims do not take from worlds.
func (a *app) tellFixed(w *scenario.Worlds) {
	if w == nil || a.as != nil {
		return
	}
	var fixed []string
	for _, f := range w.Factors {
		if !claims.Takes(f) {
			fixed = append(fixed, f.Parameter.Name)
		}
	}
	a.listNames(fixedNames, fixed)
}

// openLedger opens the directory of the ledger. When none was asked for, it is
// the first that has this ledger already, or nothing.
func (a *app) openLedger(cs []claims.Claim, o *claimsOptions) (*report.Ledger, error) {
	p, err := a.program()
	if err != nil {
		return nil, err
	}
	plan, err := o.plan()
	if err != nil {
		return nil, err
	}
	l := report.NewLedger(p, o.out, plan, cs)
	for tries := 1; ; tries++ {
		if o.out == "" {
			l.Path = firstPlace("claims", func(path string) bool {
				l.Path = path
				return o.force || vacant(path) || l.There()
			})
		}
		err = l.Open(o.force)
		taken := errors.Is(err, store.ErrBusy) || errors.Is(err, report.ErrNoLedger) || errors.Is(err, report.ErrOtherLedger)
		if !taken || o.out != "" || o.force || l.There() || tries == mostPlaces {
			break // else another that started at once has taken the place
		}
	}
	switch {
	case errors.Is(err, report.ErrNoLedger):
		return nil, usagef("%s is not empty and holds no ledger of claims; choose another --out", l.Path)
	case errors.Is(err, report.ErrOtherLedger):
		return nil, usagef("%s holds the ledger of another plan, model or choice of claims%s; choose another --out, or --force to replace it", l.Path, map[bool]string{true: ", or of other worlds"}[l.Facts.Worlds != ""])
	case err != nil:
		return nil, placeError(l.Path, err)
	}
	return l, nil
}
