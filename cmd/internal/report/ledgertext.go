package report

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/analysis"
	"epgsim/sim/claims"
)

// PrintLedger prints a line per claim, or all parts when there are few.
func PrintLedger(to io.Writer, plan claims.Plan, results []claims.Result) {
	fmt.Fprintf(to, "%s; %d replications of each arm at the defaults, %d random parameter sets with %d each; seed %d\n\n",
		tell.Plural(len(results), "claim", "claims"), plan.Replications, plan.Sets, plan.SetReplications, plan.Seed)
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "id\tverdict\testimate [95 % interval]\tsets\tleft\tstatement")
	for _, r := range results {
		p := deciding(r)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Claim.ID, r.Verdict, partText(p), percentText(r.SignShare), leftText(p), r.Claim.Statement)
		if len(results) <= 3 {
			printParts(w, r)
		}
	}
	w.Flush()
	fmt.Fprintf(to, "\n%s\n", countText(results))
	fmt.Fprintln(to, tell.Wrap(claimsNote, 110, ""))
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
	unit := tell.Unit(p.Part.Unit)
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
