package report

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/analysis"
	"epgsim/sim/claims"
)

//go:embed claims.html
var ledgerSource string

// ledgerTemplate shows results as PrintLedger does.
var ledgerTemplate = template.Must(template.New("claims").Funcs(template.FuncMap{
	"capital": tell.Capital, "deciding": deciding, "estimate": partText, "left": leftText, "share": shareText, "sets": setsText, "verdict": verdictText, "other": orText,
	"class":    func(v claims.Verdict) string { return strings.ReplaceAll(string(v), " ", "-") },
	"switched": switchedText,
}).Parse(ledgerSource))

// ledgerView is what claims.html shows.
type ledgerView struct {
	*Ledger
	Counts []verdictCount
	Judged []claimView
	Shown  [][2]string // facts
}

type verdictCount struct {
	Verdict           claims.Verdict
	Count, Borderline int
	Meaning           string
}

type claimView struct {
	claims.Result
	Picture template.HTML
}

// verdictMeanings say what the verdicts mean, once.
var verdictMeanings = map[claims.Verdict]string{
	claims.Holds:        "every part is above zero, corrected for the number of parts in the ledger, and so are all of them in at least 80 % of the random parameter sets",
	claims.Weak:         "the same, but the claim is nearly implied by how the model is built",
	claims.NotRobust:    "every part is above zero at the defaults, but not in enough parameter sets",
	claims.NotShown:     "some part cannot be told from zero",
	claims.Contradicted: "some part is below zero",
}

// Page is the ledger as a page.
func (l *Ledger) Page(results []claims.Result) ([]byte, error) {
	p := &ledgerView{Ledger: l,
		Shown: [][2]string{{"Program", "epgsim " + l.Facts.Version}, {"Model hash", l.Facts.ModelHash}, {"Experiments hash", l.Facts.Experiments},
			{"Scenario", "the defaults of all parameters, which the model hash covers"}, {"Seed", fmt.Sprint(l.Plan.Seed)},
			{"Replications", fmt.Sprint(l.Plan.Replications)}, {"Parameter sets", fmt.Sprintf("%d with up to %d replications each", l.Plan.Sets, l.Plan.SetReplications)}},
	}
	for _, v := range claims.Verdicts {
		p.Counts = append(p.Counts, verdictCount{Verdict: v, Count: count(results, v), Borderline: borderline(results, v), Meaning: verdictMeanings[v]})
	}
	for _, r := range results {
		picture, err := l.draw(r)
		if err != nil {
			return nil, fmt.Errorf("claim %s: %w", r.Claim.ID, err)
		}
		p.Judged = append(p.Judged, claimView{r, picture})
	}
	var b bytes.Buffer
	if err := ledgerTemplate.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("%s: %w", LedgerPage, err)
	}
	return b.Bytes(), nil
}

// draw draws the parts of a claim.
func (l *Ledger) draw(r claims.Result) (template.HTML, error) {
	in := plots.ClaimInput{ID: r.Claim.ID}
	for _, p := range r.Parts {
		in.Parts = append(in.Parts, plots.ClaimPart{Name: p.Part.Name, Unit: sim.UnitText(p.Part.Unit), Interval: p.Interval, Left: p.Left, PerSet: p.PerSet, Info: p.Part.Info})
	}
	f, err := plots.Claim(in)
	if err != nil {
		return "", err
	}
	f.Meta = [][2]string{{"epgsim_version", l.Facts.Version}, {"scenario", "the defaults"}, {"experiments_hash", l.Facts.Experiments},
		{"model_hash", l.Facts.ModelHash}, {"seed", fmt.Sprint(l.Plan.Seed)}}
	svg, err := f.SVG()
	return template.HTML(svg), err //nolint:gosec // our own drawing
}

// ledgerCSV is the ledger as a table: a row per part.
func ledgerCSV(results []claims.Result) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	number := func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	_ = w.Write([]string{"claim", "verdict", "borderline", "or", "statement", "source", "part", "unit", "judged", "estimate", "low", "high",
		"clear", "left", "left_low", "left_high", "sets", "set_share", "set_share_low", "set_share_high", "sets_open", "set_median",
		"claim_set_share", "claim_set_share_low", "claim_set_share_high", "claim_sets_open", "contrast", "ablation", "note"})
	for _, r := range results {
		for _, p := range r.Parts {
			_ = w.Write([]string{r.Claim.ID, string(r.Verdict), fmt.Sprint(r.Borderline()), orText(r), r.Claim.Statement, r.Claim.Source, p.Part.Name, p.Part.Unit, fmt.Sprint(!p.Part.Info),
				number(p.Estimate), number(p.Low), number(p.High), fmt.Sprint(p.Clear), number(p.Left.Estimate), number(p.Left.Low), number(p.Left.High),
				fmt.Sprint(p.Sets.Sets), number(p.Sets.Estimate), number(p.Sets.Low), number(p.Sets.High), fmt.Sprint(p.Sets.Open), number(p.SetMedian),
				number(r.Sets.Estimate), number(r.Sets.Low), number(r.Sets.High), fmt.Sprint(r.Sets.Open), r.Claim.Contrast, strings.Join(r.Claim.Ablation, " "), r.Claim.Note})
		}
	}
	w.Flush() // into memory: it cannot fail
	return b.Bytes()
}

// PrintLedger prints a line per claim, or all parts when there are few.
func PrintLedger(to io.Writer, plan claims.Plan, results []claims.Result) {
	fmt.Fprintf(to, "%s; %d replications of each arm at the defaults, %d random parameter sets with up to %d each; seed %d\n\n",
		tell.Plural(len(results), "claim", "claims"), plan.Replications, plan.Sets, plan.SetReplications, plan.Seed)
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "id\tverdict\testimate [95 % interval]\tsets [95 % interval]\tleft\tstatement")
	for _, r := range results {
		p := deciding(r)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Claim.ID, verdictText(r), partText(p), shareText(r.Sets), leftText(p), r.Claim.Statement)
		if len(results) <= 3 {
			printParts(w, r)
		}
	}
	w.Flush()
	fmt.Fprintf(to, "\n%s\n", countText(results))
	fmt.Fprintln(to, tell.Wrap(claimsNote, 110, ""))
}

// claimsNote explains the columns.
const claimsNote = "estimate: the claim's first part, or the one that decides against it; it asserts all to be above zero; sets: share of random parameter sets in which all its parts truly are; " +
	"left: share of the estimate that is left when the mechanism believed to cause it is switched off. Verdicts correct for the number of parts in the whole ledger. " +
	"Borderline: another draw of luck or of parameter sets could well give a neighbouring verdict."

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
		fmt.Fprintf(w, "\t%s\t%s\t%s\t%s\t%s\n", kind, partText(p), shareText(p.Sets), leftText(p), p.Part.Name)
	}
	if r.Borderline() {
		fmt.Fprintf(w, "\tborderline\t\t\t\tanother draw of luck or of parameter sets could well give: %s\n", orText(r))
	}
	fmt.Fprintf(w, "\tsets\t\t\t\t%s\n", setsText(r.Sets))
	fmt.Fprintf(w, "\tsource\t\t\t\t%s\n", r.Claim.Source)
	fmt.Fprintf(w, "\tcontrast\t\t\t\t%s\n", r.Claim.Contrast)
	fmt.Fprintf(w, "\tablation\t\t\t\toff: %s (%s)\n", strings.Join(r.Claim.Ablation, ", "), switchedText(r.Claim.Ablation))
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

// shareText is a share of parameter sets with its interval.
func shareText(s claims.Share) string {
	if s.Sets == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f %% [%.0f, %.0f]", 100*s.Estimate, 100*s.Low, 100*s.High)
}

// setsText counts the parameter sets by how a claim stands in them.
func setsText(s claims.Share) string {
	if s.Sets == 0 {
		return "no parameter sets were run"
	}
	text := fmt.Sprintf("holds in %d of %d parameter sets, does not in %d", s.Above, s.Sets, s.Sets-s.Above-s.Open)
	if s.Open > 0 {
		text += fmt.Sprintf("; after all their replications %d are still open", s.Open)
	}
	return text
}

// verdictText is a verdict with its mark.
func verdictText(r claims.Result) string {
	if r.Borderline() {
		return string(r.Verdict) + ", borderline"
	}
	return string(r.Verdict)
}

// orText names the verdicts that another draw could well give.
func orText(r claims.Result) string {
	var names []string
	for _, v := range r.Or {
		names = append(names, string(v))
	}
	return strings.Join(names, " or ")
}

// switchedText says what is so without the mechanisms.
func switchedText(mechanisms []string) string {
	var docs []string
	for _, name := range mechanisms {
		docs = append(docs, sim.MechanismNamed(name).Doc)
	}
	return strings.Join(docs, "; ")
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
	var parts []string
	for _, v := range claims.Verdicts {
		if n := count(results, v); n > 0 {
			text := fmt.Sprintf("%d %s", n, v)
			if b := borderline(results, v); b > 0 {
				text += fmt.Sprintf(" (%d borderline)", b)
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ") + "."
}

// borderline counts the borderline results of a verdict.
func borderline(results []claims.Result, v claims.Verdict) (n int) {
	for _, r := range results {
		if r.Verdict == v && r.Borderline() {
			n++
		}
	}
	return n
}

func count(results []claims.Result, v claims.Verdict) (n int) {
	for _, r := range results {
		if r.Verdict == v {
			n++
		}
	}
	return n
}
