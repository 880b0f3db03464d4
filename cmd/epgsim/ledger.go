package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/claims"
)

//go:embed claims.html
var claimsSource string

var claimsTemplate = template.Must(template.New("claims").Parse(claimsSource))

// claimsPage is what claims.html shows.
type claimsPage struct {
	Intro, Multiplicity string
	Counts              []verdictCount
	Claims              []claimView
	Facts               [][2]string
}

type verdictCount struct {
	Verdict claims.Verdict
	Count   int
	Meaning string
}

type claimView struct {
	ID, Statement, Source, Contrast, Note string
	Verdict                               claims.Verdict
	Class                                 string
	Estimate, Sets, Left, Ablation        string
	Parts                                 []partView
	Picture                               template.HTML
}

type partView struct {
	Name, Estimate, Sets, Left string
	Info                       bool
}

// verdictMeanings say what the verdicts mean, once.
var verdictMeanings = map[claims.Verdict]string{
	claims.Holds:        "every part is above zero, corrected for the number of parts in the ledger, and so are all of them in at least 80 % of the random parameter sets",
	claims.Weak:         "the same, but the claim is nearly implied by how the model is built",
	claims.NotRobust:    "every part is above zero at the defaults, but not in enough parameter sets",
	claims.NotShown:     "some part cannot be told from zero",
	claims.Contradicted: "some part is below zero",
}

// The files of a ledger, beside its units of work.
const (
	ledgerFile  = "claims.json" // the facts
	ledgerPage  = "claims.html"
	ledgerTable = "claims.csv"
)

// write writes the ledger as a page and as a table.
func (l *ledger) write(results []claims.Result) error {
	page, err := l.render(results)
	if err != nil {
		return err
	}
	if err := l.keep.WriteFile(ledgerPage, page); err != nil {
		return err
	}
	return l.keep.WriteFile(ledgerTable, claimsCSV(results))
}

// render makes the page.
func (l *ledger) render(results []claims.Result) ([]byte, error) {
	page, err := l.page(results)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := claimsTemplate.Execute(&b, page); err != nil {
		return nil, fmt.Errorf("%s: %w", ledgerPage, err)
	}
	return b.Bytes(), nil
}

func (l *ledger) page(results []claims.Result) (*claimsPage, error) {
	p := &claimsPage{
		Intro: fmt.Sprintf("What the literature says about export partner groups, each claim run as an experiment: a contrast between variants of the model on common luck, %d replications of each at the defaults, then with %d random parameter sets over all plausible ranges (%d replications each), then with the mechanism believed to cause it switched off. A claim that fails is a result: of the model, of our reading, or of the claim.",
			l.plan.Replications, l.plan.Sets, l.plan.SetReplications),
		Multiplicity: "Intervals shown are 95 % intervals of each part alone, over replications. A verdict uses wider ones, corrected for the number of judged parts in the whole ledger (Bonferroni), so that the chance that luck alone decides any verdict is at most 5 %. With few replications per parameter set the share of sets errs on the low side for small effects.",
		Facts: [][2]string{{"Program", "epgsim " + l.facts.Version}, {"Model hash", l.facts.ModelHash}, {"Experiments hash", l.facts.Experiments},
			{"Scenario", "the defaults of all parameters, which the model hash covers"}, {"Seed", fmt.Sprint(l.plan.Seed)},
			{"Replications", fmt.Sprint(l.plan.Replications)}, {"Parameter sets", fmt.Sprintf("%d with %d replications each", l.plan.Sets, l.plan.SetReplications)}},
	}
	for _, v := range claims.Verdicts {
		c := verdictCount{Verdict: v, Meaning: verdictMeanings[v]}
		for _, r := range results {
			if r.Verdict == v {
				c.Count++
			}
		}
		p.Counts = append(p.Counts, c)
	}
	for _, r := range results {
		v, err := l.view(r)
		if err != nil {
			return nil, err
		}
		p.Claims = append(p.Claims, v)
	}
	return p, nil
}

func (l *ledger) view(r claims.Result) (claimView, error) {
	c := r.Claim
	v := claimView{ID: c.ID, Statement: c.Statement, Source: c.Source, Contrast: tell.Capital(c.Contrast), Note: c.Note, Verdict: r.Verdict,
		Class: strings.ReplaceAll(string(r.Verdict), " ", "-"), Estimate: partText(deciding(r)), Sets: percentText(r.SignShare),
		Left: leftText(deciding(r)), Ablation: strings.Join(c.Ablation, ", ")}
	in := plots.ClaimInput{ID: c.ID}
	for _, p := range r.Parts {
		v.Parts = append(v.Parts, partView{p.Part.Name, partText(p), percentText(p.SetShare), leftText(p), p.Part.Info})
		in.Parts = append(in.Parts, plots.ClaimPart{Name: p.Part.Name, Unit: sim.UnitText(p.Part.Unit), Interval: p.Interval, Left: p.Left, PerSet: p.PerSet, Info: p.Part.Info})
	}
	f, err := plots.Claim(in)
	if err != nil {
		return v, fmt.Errorf("claim %s: %w", c.ID, err)
	}
	f.Meta = [][2]string{{"epgsim_version", l.facts.Version}, {"scenario", "the defaults"}, {"experiments_hash", l.facts.Experiments},
		{"model_hash", l.facts.ModelHash}, {"seed", fmt.Sprint(l.plan.Seed)}}
	svg, err := f.SVG()
	v.Picture = template.HTML(svg) //nolint:gosec // our own drawing
	return v, err
}

// claimsCSV is the ledger as a table: a row per part.
func claimsCSV(results []claims.Result) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	number := func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	_ = w.Write([]string{"claim", "verdict", "statement", "source", "part", "unit", "judged", "estimate", "low", "high",
		"clear", "left", "left_low", "left_high", "set_share", "set_median", "claim_set_share", "contrast", "ablation", "note"})
	for _, r := range results {
		for _, p := range r.Parts {
			_ = w.Write([]string{r.Claim.ID, string(r.Verdict), r.Claim.Statement, r.Claim.Source, p.Part.Name, p.Part.Unit, fmt.Sprint(!p.Part.Info),
				number(p.Estimate), number(p.Low), number(p.High), fmt.Sprint(p.Clear), number(p.Left.Estimate), number(p.Left.Low), number(p.Left.High),
				number(p.SetShare), number(p.SetMedian), number(r.SignShare), r.Claim.Contrast, strings.Join(r.Claim.Ablation, " "), r.Claim.Note})
		}
	}
	w.Flush() // into memory: it cannot fail
	return b.Bytes()
}
