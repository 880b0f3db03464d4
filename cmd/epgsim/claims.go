package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/claims"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// claimsOptions are the flags of claims.
type claimsOptions struct {
	out         string
	quick, full bool
	seed        uint64
	workers     int
	quiet       bool
	force       bool
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
robust (not for enough parameter sets); not shown; contradicted. What has run
is kept in the output directory, and an interrupted ledger goes on from there.`,
		Example: `  epgsim claims --quick
  epgsim claims C104 C105`,
		ValidArgsFunction: completeClaim,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runClaims(cmd.Context(), args, o)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.out, "out", "o", "", "directory for the ledger's page, table and finished work (default out/claims, or out/claims-2 … when another ledger is there)")
	f.BoolVar(&o.quick, "quick", false, "fewer replications and parameter sets: a look in under a minute")
	f.BoolVar(&o.full, "full", false, "more of both, for publication")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all luck")
	f.IntVar(&o.workers, "workers", 0, "simulations at a time; never changes a result (default one per processor)")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress, only results")
	f.BoolVar(&o.force, "force", false, "replace the ledger of another plan, model or choice of claims")
	cmd.MarkFlagsMutuallyExclusive("quick", "full")
	return cmd
}

func completeClaim(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, c := range claims.Ledger() {
		ids = append(ids, c.ID+"\t"+c.Statement)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func (o *claimsOptions) plan() claims.Plan {
	p := claims.Standard
	switch {
	case o.quick:
		p = claims.Quick
	case o.full:
		p = claims.Full
	}
	p.Seed, p.Workers = o.seed, o.workers
	return p
}

func (a *app) runClaims(ctx context.Context, ids []string, o *claimsOptions) error {
	if err := checkWorkers(o.workers); err != nil {
		return err
	}
	cs, unknown := claims.Find(ids)
	if unknown != "" {
		return unknownClaim(unknown)
	}
	plan := o.plan()
	l, err := a.openLedger(o, plan, cs)
	if err != nil {
		return err
	}
	defer l.keep.Close()
	units, err := l.run(ctx)
	if err != nil {
		return err
	}
	results := claims.Judge(cs, units)
	// Before anything is printed: whoever reads it may stop reading.
	if err := l.write(results); err != nil {
		return err
	}
	a.printLedger(plan, results)
	_, err = fmt.Fprintf(a.out, "\nLedger: %s\n", filepath.Join(o.out, ledgerPage))
	return err
}

func unknownClaim(id string) error {
	var ids []string
	for _, c := range claims.Ledger() {
		ids = append(ids, c.ID)
	}
	if near := scenario.Nearest(strings.ToUpper(id), ids); near != "" {
		return usagef("no claim %s; did you mean %s?", id, near)
	}
	return usagef("no claim %s; known: %s", id, strings.Join(ids, ", "))
}

// ledger is the directory of a run of the claims. Units of work are kept in
// it under a key of all that decides them, so that an interrupted run goes on
// and a changed one begins anew.
type ledger struct {
	app     *app
	options *claimsOptions
	plan    claims.Plan
	claims  []claims.Claim
	facts   ledgerFacts
	keep    *store.Keep // nil when it is only read
}

// ledgerFacts is claims.json: what the ledger in a directory is of.
type ledgerFacts struct {
	Version         string   `json:"version"`
	ModelHash       string   `json:"model_hash"`
	Seed            uint64   `json:"seed,string"`
	Replications    int      `json:"replications"`
	Sets            int      `json:"parameter_sets"`
	SetReplications int      `json:"replications_per_set"`
	Claims          []string `json:"claims"`
	Experiments     string   `json:"experiments_hash"`
}

func (f ledgerFacts) key() string {
	b, _ := json.Marshal(f) // numbers and text always marshal
	return store.Hash(b)[:16]
}

func (a *app) openLedger(o *claimsOptions, plan claims.Plan, cs []claims.Claim) (*ledger, error) {
	if _, err := modelHash(); err != nil {
		return nil, err
	}
	of := a.maker()
	l := &ledger{app: a, options: o, plan: plan, claims: cs, facts: ledgerFacts{Version: of.version, ModelHash: of.model, Seed: plan.Seed,
		Replications: plan.Replications, Sets: plan.Sets, SetReplications: plan.SetReplications}}
	for _, c := range cs {
		l.facts.Claims = append(l.facts.Claims, c.ID)
	}
	l.facts.Experiments = experimentsHash(cs)
	l.place()
	var err error
	if l.keep, err = store.OpenKeep(o.out, l.may); err != nil {
		return nil, placeError(o.out, err)
	}
	if err := l.begin(); err != nil {
		return nil, errors.Join(err, l.keep.Close())
	}
	return l, nil
}

// place chooses the directory when none was asked for: the first that has this
// ledger already, or nothing.
func (l *ledger) place() {
	o := l.options
	if o.out != "" {
		return
	}
	o.out = filepath.Join("out", "claims")
	for k := 2; !o.force && !vacant(o.out) && !l.there(); k++ {
		o.out = filepath.Join("out", fmt.Sprintf("claims-%d", k))
	}
}

// may refuses a directory that holds something else than this ledger.
func (l *ledger) may(names []string) error {
	switch {
	case len(names) == 0:
	case !slices.Contains(names, ledgerFile):
		return usagef("%s is not empty and holds no ledger of claims; choose another --out", l.options.out)
	case !l.options.force && !l.there():
		return usagef("%s holds the ledger of another plan, model or choice of claims; choose another --out, or --force to replace it", l.options.out)
	}
	return nil
}

// there says whether the ledger in the directory is this one.
func (l *ledger) there() bool {
	var there ledgerFacts
	b, err := os.ReadFile(filepath.Join(l.options.out, ledgerFile))
	return err == nil && json.Unmarshal(b, &there) == nil && there.key() == l.facts.key()
}

// begin writes what the ledger is of. Page and table of another go first.
func (l *ledger) begin() error {
	if l.there() {
		return nil
	}
	b, err := json.MarshalIndent(l.facts, "", "  ")
	if err != nil {
		return err
	}
	if err := l.keep.Remove(ledgerPage, ledgerTable); err != nil {
		return err
	}
	return l.keep.WriteFile(ledgerFile, append(b, '\n'))
}

// experimentsHash changes with the arms, parts and ablations of the claims, so
// that work done for an earlier ledger is not taken for that of a later one.
// What a part computes it cannot tell, but for its name.
func experimentsHash(cs []claims.Claim) string {
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%s %+v %v\n", c.ID, c.Arms, c.Ablation) // fmt sorts maps
		for _, p := range c.Parts {
			fmt.Fprintf(&b, "\t%s %s %v\n", p.Name, p.Unit, p.Info)
		}
	}
	return store.Hash([]byte(b.String()))[:16]
}

// unitName is the path of a unit's file below the directory; unitPath is where that is.
func (l *ledger) unitName(name string) string { return "units/" + l.facts.key() + "/" + name + ".json" }

func (l *ledger) unitPath(name string) string {
	return filepath.Join(l.options.out, filepath.FromSlash(l.unitName(name)))
}

// run does every unit of work that is not there yet.
func (l *ledger) run(ctx context.Context) (map[string]claims.Unit, error) {
	units := map[string]claims.Unit{}
	total := 0
	for _, name := range l.plan.Units() {
		if u, ok := l.load(name); ok {
			units[name] = u
		} else {
			total += l.plan.Runs(name, l.claims)
		}
	}
	if n := len(units); n > 0 && total > 0 && !l.options.quiet {
		fmt.Fprintf(l.app.err, "going on: %d of %d units of work are done\n", n, len(l.plan.Units()))
	}
	bar := l.app.progress("testing claims", total, l.options.quiet)
	defer bar.finish()
	for _, name := range l.plan.Units() {
		if _, done := units[name]; done {
			continue
		}
		u, err := l.plan.RunUnit(ctx, name, l.claims, bar.add)
		if err != nil {
			return nil, l.app.kept(err)
		}
		b, err := json.Marshal(u)
		if err != nil {
			return nil, err
		}
		if err := l.keep.WriteFile(l.unitName(name), b); err != nil {
			return nil, err
		}
		units[name] = u
	}
	return units, nil
}

// load reads a unit that was finished earlier. One that cannot be read is
// simply done again.
func (l *ledger) load(name string) (u claims.Unit, ok bool) {
	b, err := os.ReadFile(l.unitPath(name))
	if err != nil || json.Unmarshal(b, &u) != nil || u.Name != name {
		return u, false
	}
	for _, c := range l.claims {
		if len(u.Parts[c.ID]) != len(c.Parts) {
			return u, false
		}
	}
	return u, true
}

// printLedger prints a line per claim, or all parts when there are few.
func (a *app) printLedger(plan claims.Plan, results []claims.Result) {
	what := "claims"
	if len(results) == 1 {
		what = "claim"
	}
	fmt.Fprintf(a.out, "%d %s; %d replications of each arm at the defaults, %d random parameter sets with %d each; seed %d\n\n",
		len(results), what, plan.Replications, plan.Sets, plan.SetReplications, plan.Seed)
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "id\tverdict\testimate [95 % interval]\tsets\tleft\tstatement")
	for _, r := range results {
		p := deciding(r)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Claim.ID, r.Verdict, partText(p), percentText(r.SignShare), leftText(p), r.Claim.Statement)
		if len(results) <= 3 {
			printParts(w, r)
		}
	}
	w.Flush()
	fmt.Fprintf(a.out, "\n%s\n", countText(results))
	fmt.Fprintln(a.out, tell.Wrap(claimsNote, 110, ""))
}

// claimsNote explains the columns.
const claimsNote = "estimate: the claim's first part, or the one that decides against it; it asserts all to be above zero; sets: random parameter sets in which all its parts are; " +
	"left: share of the estimate that is left when the mechanism believed to cause it is switched off. Verdicts correct for the number of parts in the whole ledger."

// deciding is the part that a claim fails by, if it fails at the defaults, else
// its first.
func deciding(r claims.Result) claims.PartResult {
	for _, p := range r.Parts {
		if !p.Part.Info && (r.Verdict == claims.Contradicted && p.Clear && p.Estimate < 0 || r.Verdict == claims.NotShown && !p.Clear) {
			return p
		}
	}
	return r.Parts[0]
}

func printParts(w *tabwriter.Writer, r claims.Result) {
	for _, p := range r.Parts {
		kind := "part"
		if p.Part.Info {
			kind = "told"
		}
		fmt.Fprintf(w, "\t%s\t%s\t%s\t%s\t%s\n", kind, partText(p), percentText(p.SetShare), leftText(p), p.Part.Name)
	}
	fmt.Fprintf(w, "\tsource\t\t\t\t%s\n", r.Claim.Source)
	fmt.Fprintf(w, "\tcontrast\t\t\t\t%s\n", r.Claim.Contrast)
	fmt.Fprintf(w, "\tablation\t\t\t\toff: %s\n", strings.Join(r.Claim.Ablation, ", "))
	if r.Claim.Note != "" {
		fmt.Fprintf(w, "\tnote\t\t\t\t%s\n", r.Claim.Note)
	}
}

// partText is an estimate with its interval and unit.
func partText(p claims.PartResult) string {
	e, lo, hi := analysis.FormatInterval(p.Interval, analysis.ThinSpace)
	unit := sim.UnitText(p.Part.Unit)
	if unit != "" {
		unit = " " + unit
	}
	return fmt.Sprintf("%s [%s, %s]%s", e, lo, hi, unit)
}

func percentText(share float64) string {
	if math.IsNaN(share) {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}

// leftText is what the ablation leaves of an estimate.
func leftText(p claims.PartResult) string {
	if math.IsNaN(p.Left.Estimate) || !p.Clear {
		return "–" // a share of what may be nothing
	}
	return strings.Replace(fmt.Sprintf("%.0f %%", 100*p.Left.Estimate/p.Estimate), "-", analysis.Minus, 1)
}

// countText counts the verdicts.
func countText(results []claims.Result) string {
	count := map[claims.Verdict]int{}
	for _, r := range results {
		count[r.Verdict]++
	}
	var parts []string
	for _, v := range claims.Verdicts {
		if count[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[v], v))
		}
	}
	return strings.Join(parts, ", ") + "."
}
