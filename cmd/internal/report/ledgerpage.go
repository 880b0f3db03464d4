package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
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
	"capital": tell.Capital, "deciding": deciding, "estimate": partText, "left": leftText, "share": shareText, "sets": setsText, "verdict": verdictText, "other": orText, "fitted": fittedText, "tags": tags,
	"class":    func(v claims.Verdict) string { return strings.ReplaceAll(string(v), " ", "-") },
	"switched": switchedText,
}).Parse(ledgerSource))

// ledgerView is what claims.html shows.
type ledgerView struct {
	*Ledger
	Counts []verdictCount
	Judged []claimView
	Figure pageFigure
	Reads  string      // what calibrated worlds are, and mean; "" without them
	Shown  [][2]string // facts
}

type verdictCount struct {
	Verdict           claims.Verdict
	Count, Borderline int
	Fitted            int // over calibrated worlds
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
		c := verdictCount{Verdict: v, Meaning: verdictMeanings[v]}
		c.Count, c.Borderline = count(results, v)
		c.Fitted, _ = count(fitted(results), v)
		p.Counts = append(p.Counts, c)
	}
	if w := l.Plan.Worlds; w != nil {
		p.Reads = calibratedText(l.Plan)
		p.Shown = append(p.Shown, [2]string{"Calibrated worlds", l.Facts.Worlds})
	}
	figure, svg, err := l.drawAll(results)
	if err != nil {
		return nil, err
	}
	p.Figure = pageFigure{Figure: figure, SVG: template.HTML(svg)} //nolint:gosec // our own drawing
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

func (l *Ledger) draw(r claims.Result) (template.HTML, error) {
	in := plots.ClaimInput{ID: r.Claim.ID}
	for _, p := range r.Parts {
		in.Parts = append(in.Parts, plots.ClaimPart{Name: p.Part.Name, Unit: sim.UnitText(p.Part.Unit), Interval: p.Interval, Left: p.Left, PerSet: p.PerSet, Info: p.Part.Info})
	}
	f, err := plots.Claim(in)
	if err != nil {
		return "", err
	}
	f.Meta = l.receipt()
	svg, err := f.SVG()
	return template.HTML(svg), err //nolint:gosec // our own drawing
}

// drawAll draws how far all claims reach.
func (l *Ledger) drawAll(results []claims.Result) (*plots.Figure, []byte, error) {
	in := plots.LedgerInput{Limit: claims.RobustShare}
	share := func(s claims.Share) analysis.Interval {
		return analysis.Interval{Estimate: s.Estimate, Low: s.Low, High: s.High, N: s.Sets}
	}
	for _, v := range claims.Verdicts { // in their order
		for _, r := range results {
			if r.Verdict == v {
				in.Claims = append(in.Claims, plots.LedgerClaim{ID: r.Claim.ID, Statement: r.Claim.Statement, Verdict: string(v), Plausible: share(r.Sets), Fitted: share(r.Fitted.Share)})
			}
		}
	}
	f, err := plots.Ledger(in)
	if err != nil {
		return nil, nil, err
	}
	f.Meta = l.receipt()
	svg, err := f.SVG()
	return f, svg, err
}

// receipt is what files of the ledger say of their origin.
func (l *Ledger) receipt() [][2]string {
	r := [][2]string{{"epgsim_version", l.Facts.Version}, {"scenario", "the defaults"}, {"experiments_hash", l.Facts.Experiments},
		{"model_hash", l.Facts.ModelHash}, {"seed", fmt.Sprint(l.Plan.Seed)}}
	if l.Facts.Worlds != "" {
		r = append(r, [2]string{"worlds_hash", l.Facts.Worlds})
	}
	return r
}

// calibratedText says what calibrated worlds are, and what their share means.
func calibratedText(p claims.Plan) string {
	different, effective := p.Worlds.Different(p.Sets, p.Seed)
	text := fmt.Sprintf("Calibrated worlds: %d drawn by their weights from %s, %d different ones", p.Sets, tell.Plural(len(p.Worlds.Rows), "world", "worlds"), different)
	if different < p.Sets {
		text += fmt.Sprintf(" (they say as much as %.0f drawn once)", effective)
	}
	taken := 0
	for _, f := range p.Worlds.Factors {
		if claims.Takes(f) {
			taken++
		}
	}
	return text + fmt.Sprintf("; %s, and all else as in the random sets. ", tell.Plural(taken, "parameter comes from there", "parameters come from there")) +
		"Their share says how far a claim holds in what calibration leaves of the plausible ranges. It changes no verdict: the verdict over calibrated worlds stands beside, by the same rule with this share in place of the other. " +
		"A claim that holds only there rests on the outside numbers being right; one that holds over the plausible ranges and not there holds mainly in worlds that the outside numbers speak against."
}

// fitted are the results as they are over calibrated worlds; none without these.
func fitted(results []claims.Result) (other []claims.Result) {
	for _, r := range results {
		if r.Fitted.Verdict != "" {
			r.Verdict, r.Or = r.Fitted.Verdict, r.Fitted.Or
			other = append(other, r)
		}
	}
	return other
}

// fittedText is the share of calibrated worlds, and the verdict over them where it is another.
func fittedText(r claims.Result) string {
	text := shareText(r.Fitted.Share)
	if r.Fitted.Verdict != "" && r.Fitted.Verdict != r.Verdict {
		text += ": " + string(r.Fitted.Verdict)
		if r.Fitted.Borderline() {
			text += ", borderline"
		}
	}
	return text
}

// tags are what the page filters by.
func tags(r claims.Result) string {
	text := verdictText(r)
	if r.Fitted.Verdict != "" && r.Fitted.Verdict != r.Verdict {
		text += ", another when calibrated"
	}
	return text
}

// PrintLedger prints a line per claim, or all parts when there are few.
func PrintLedger(to io.Writer, plan claims.Plan, results []claims.Result) {
	fmt.Fprintf(to, "%s; %d replications of each arm at the defaults, %d random parameter sets with up to %d each; seed %d\n\n",
		tell.Plural(len(results), "claim", "claims"), plan.Replications, plan.Sets, plan.SetReplications, plan.Seed)
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	calibrated := func(text string) string {
		if plan.Worlds == nil {
			return ""
		}
		return text + "\t"
	}
	fmt.Fprintf(w, "id\tverdict\testimate [95 %% interval]\tsets [95 %% interval]\t%sleft\tstatement\n", calibrated("calibrated"))
	for _, r := range results {
		p := deciding(r)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s%s\t%s\n", r.Claim.ID, verdictText(r), partText(p), shareText(r.Sets), calibrated(fittedText(r)), leftText(p), r.Claim.Statement)
		if len(results) <= 3 {
			printParts(w, r, calibrated)
		}
	}
	w.Flush()
	fmt.Fprintf(to, "\n%s\n", countText(results))
	if plan.Worlds != nil {
		fmt.Fprintf(to, "Over calibrated worlds: %s\n", countText(fitted(results)))
		fmt.Fprintln(to, tell.Wrap(calibratedText(plan), 110, ""))
	}
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

func printParts(w *tabwriter.Writer, r claims.Result, calibrated func(string) string) {
	say := func(what, format string, args ...any) {
		fmt.Fprintf(w, "\t%s\t\t\t%s\t%s\n", what, calibrated(""), fmt.Sprintf(format, args...))
	}
	for _, p := range r.Parts {
		kind := "part"
		if p.Part.Info {
			kind = "told"
		}
		fmt.Fprintf(w, "\t%s\t%s\t%s\t%s%s\t%s\n", kind, partText(p), shareText(p.Sets), calibrated(shareText(p.Fitted)), leftText(p), p.Part.Name)
	}
	if r.Borderline() {
		say("borderline", "another draw of luck or of parameter sets could well give: %s", orText(r.Or))
	}
	say("sets", "%s", setsText(r.Sets, "parameter sets"))
	if r.Fitted.Sets > 0 {
		say("calibrated", "%s", setsText(r.Fitted.Share, "calibrated worlds"))
	}
	say("source", "%s", r.Claim.Source)
	say("contrast", "%s", r.Claim.Contrast)
	say("ablation", "off: %s (%s)", strings.Join(r.Claim.Ablation, ", "), switchedText(r.Claim.Ablation))
	if r.Claim.Note != "" {
		say("note", "%s", r.Claim.Note)
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
func setsText(s claims.Share, of string) string {
	if s.Sets == 0 {
		return "no " + of + " were run"
	}
	text := fmt.Sprintf("holds in %d of %d %s, does not in %d", s.Above, s.Sets, of, s.Sets-s.Above-s.Open)
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
func orText(or []claims.Verdict) string {
	var names []string
	for _, v := range or {
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

func countText(results []claims.Result) string {
	var parts []string
	for _, v := range claims.Verdicts {
		if n, borderline := count(results, v); n > 0 {
			text := fmt.Sprintf("%d %s", n, v)
			if borderline > 0 {
				text += fmt.Sprintf(" (%d borderline)", borderline)
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, ", ") + "."
}

// count counts the results of a verdict, and the borderline ones among them.
func count(results []claims.Result, v claims.Verdict) (n, borderline int) {
	for _, r := range results {
		if r.Verdict == v {
			n++
			if r.Borderline() {
				borderline++
			}
		}
	}
	return n, borderline
}
