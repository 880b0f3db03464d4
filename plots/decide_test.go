package plots

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"epgsim/sim/analysis"
)

// testDecide is a decision of n options, the last of which is out.
func testDecide(n int) DecideInput {
	in := DecideInput{Objective: Measure{Label: "Net benefit", Unit: "k€"}, Worlds: 1000}
	for i := range n {
		o := DecideOption{Form: Form{Name: fmt.Sprintf("%s, %d years", []string{"market focus", "customer focus", "system focus"}[i%3], 1+i/3), Kind: FormKind(i % 3)},
			Mean: about(150-25*float64(i), 12), Low: -200 - 10*float64(i), High: 900 - 60*float64(i), BestIn: 0.4 / float64(1+i), Regret: 120 + 30*float64(i)}
		o.Chosen, o.InQuestion = i == 0, i < 2
		if n > 3 && i == n-1 {
			o.Out, o.BestIn, o.Regret = true, math.NaN(), math.NaN()
		}
		in.Options = append(in.Options, o)
	}
	return in
}

// testAsking has two unknowns that are worth asking about.
func testAsking(n int) AskingInput {
	in := AskingInput{Objective: Measure{Label: "Net benefit", Unit: "k€"}, Everything: about(110, 15)}
	for i, f := range testFactors(n) {
		q := AskingQuestion{Factor: f, Value: analysis.Interval{Estimate: 3, Low: 0, High: 9}}
		if i%4 == 1 && i < 6 {
			q.Value, q.Asking = about(60-8*float64(i), 14), true
		}
		in.Questions = append(in.Questions, q)
	}
	return in
}

func testDecideMap(n int) DecideMapInput {
	in := DecideMapInput{Objective: Measure{Label: "Net benefit", Unit: "k€"}, Chosen: 1}
	in.X.Factor, in.Y.Factor = testFactors(2)[0], testFactors(2)[1]
	for _, o := range testDecide(9).Options {
		in.Options = append(in.Options, o.Form)
	}
	for j := range n {
		var row []DecideCell
		for i := range n {
			row = append(row, DecideCell{Best: (i + j) / 2 % 4, Sure: (i+j)%3 > 0, Ahead: about(40*float64(i), 12)})
		}
		in.Cells = append(in.Cells, row)
		in.X.Texts, in.Y.Texts = append(in.X.Texts, fmt.Sprintf("%d–%d", 2*j, 2*j+2)), append(in.Y.Texts, fmt.Sprintf("0.%d–0.%d", j, j+1))
	}
	in.Cells[0][0] = DecideCell{Best: -1, Ahead: missing()}
	return in
}

func decided() map[string]builder {
	out := map[string]builder{
		"decide, one":       of(DecideOptions, testDecide(1)),
		"decide, two":       of(DecideOptions, testDecide(2)),
		"decide, 12":        of(DecideOptions, testDecide(12)),
		"decide, 40":        of(DecideOptions, testDecide(40)),
		"asking":            of(WorthAsking, testAsking(8)),
		"asking, many":      of(WorthAsking, testAsking(37)),
		"asking, none":      after(WorthAsking, testAsking(9), func(in *AskingInput) { in.Questions = in.asking(false) }),
		"decide map":        of(DecideMap, testDecideMap(6)),
		"decide map, small": of(DecideMap, testDecideMap(2)),
	}
	return out
}

// What a figure of a decision says is never firmer than what is known.
func TestDecisionsSayWhatIsOpen(t *testing.T) {
	f := must(t, of(DecideOptions, testDecide(6)))
	if f.Title != "Market focus, 1 years is best on average; one other option may be as good" || !strings.Contains(f.Caption, "Not told apart from it: customer focus, 1 years.") {
		t.Errorf("%q, %q", f.Title, f.Caption)
	}
	in := testDecide(6)
	in.Options[1].InQuestion = false
	if f = must(t, of(DecideOptions, in)); !strings.HasSuffix(f.Title, "and the best in 40"+nbsp+"% of worlds") {
		t.Errorf("%q", f.Title)
	}
	f = must(t, of(WorthAsking, testAsking(8)))
	if !strings.Contains(f.Alt, "not told from worthless, at most 9") || !strings.Contains(f.Caption, "worth asking: ") {
		t.Errorf("%q, %q", f.Alt, f.Caption)
	}
	f = must(t, decided()["asking, none"])
	if !strings.Contains(f.Caption, "No single unknown can be said to be worth asking") || f.Title != "What to find out first" {
		t.Errorf("%q, %q", f.Title, f.Caption)
	}
	for name, bad := range map[string]builder{
		"no option":    of(DecideOptions, DecideInput{}),
		"no question":  of(WorthAsking, AskingInput{Everything: about(1, 1)}),
		"uneven map":   after(DecideMap, testDecideMap(3), func(in *DecideMapInput) { in.Cells = in.Cells[:2] }),
		"a wrong best": after(DecideMap, testDecideMap(3), func(in *DecideMapInput) { in.Cells[1][1].Best = 99 }),
	} {
		if _, err := bad(); err == nil {
			t.Errorf("%s is drawn", name)
		}
	}
}
