package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestSelectionConstants(t *testing.T) {
	checked := map[string]int{}
	for _, row := range table(t, "selection_constants.csv") {
		want := cell(t, row["value"])
		var options, n int
		var chance, got float64
		switch what := row["what"]; what {
		case "equal":
			options = 10
			n = int(cell(t, row["total_budget"])) / options
			got = chanceOfBest(options, math.Sqrt(float64(n)/(1-cell(t, row["rho_or_index"])))/1.6)
		case "bechhofer d":
			scan(t, row["configuration"], "k=%d P=%g", &options, &chance)
			got = leadNeeded(options, chance)
		case "KN eta (c=1, Bonferroni)":
			scan(t, row["configuration"], "k=%d n0=%d alpha=%g", &options, &n, &chance)
			got = scaleOfKN(chance/float64(options-1), n) / (2 * float64(n-1))
		default:
			t.Fatalf("unknown constant %q", what)
		}
		checked[row["what"]]++
		if math.Abs(got-want) > 1e-4*max(1, want) {
			t.Errorf("%s, %s, %s: %.6f, want %.6f", row["what"], row["configuration"], row["total_budget"], got, want)
		}
	}
	if len(checked) != 3 {
		t.Errorf("checked only %v", checked)
	}
}

func scan(t *testing.T, text, format string, into ...any) {
	t.Helper()
	if _, err := fmt.Sscanf(text, format, into...); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
}

// TestSelectionLikePublishedKN runs the rule of Kim and Nelson, made of the
// parts that Selection is made of, where its correct selections and its number
// of values are known from another program.
func TestSelectionLikePublishedKN(t *testing.T) {
	trials := 400
	if study {
		trials = 3000
	}
	for i, row := range table(t, "selection_kn.csv") {
		if !study && (row["n0"] != "10" || row["rho"] == "0.25") {
			continue
		}
		name := fmt.Sprintf("%s %s n0 %s rho %s", row["procedure"], row["configuration"], row["n0"], row["rho"])
		right, used := playKN(t, row, trials, rand.New(rand.NewPCG(uint64(i), 20)))
		want := cell(t, row["pcs"])
		if se := math.Sqrt(want * (1 - want) / float64(trials)); math.Abs(right-want) > 3*se+0.0075 {
			t.Errorf("%s: right in %.4f, elsewhere %.4f", name, right, want)
		}
		mean, sd := meanAndSD(used)
		want = cell(t, row["mean_total_samples"])
		if math.Abs(mean-want) > max(0.03*want, 3*sd/math.Sqrt(float64(trials))) {
			t.Errorf("%s: %.1f values, elsewhere %.1f", name, mean, want)
		}
	}
}

// playKN runs the rule on normal options as a row of the table says, and returns
// how often it was right and the values it used each time.
func playKN(t *testing.T, row map[string]string, trials int, luck *rand.Rand) (right float64, used []float64) {
	delta, rho := cell(t, row["delta"]), cell(t, row["rho"])
	options, first := int(cell(t, row["k"])), int(cell(t, row["n0"]))
	for range trials {
		best, values := kimNelson(options, first, delta, row["procedure"] == "KN", func(line []float64) {
			shared := math.Sqrt(rho) * luck.NormFloat64()
			for k := range line {
				line[k] = shared + math.Sqrt(1-rho)*luck.NormFloat64()
				if row["configuration"] == "monotone" {
					line[k] -= float64(k) * delta
				} else if k > 0 {
					line[k] -= delta
				}
			}
		})
		if best == 0 {
			right += 1 / float64(trials)
		}
		used = append(used, float64(values))
	}
	return right, used
}

// kimNelson is KN, with the variance of the first rows, or KN++.
func kimNelson(options, first int, delta float64, frozen bool, draw func([]float64)) (best, used int) {
	in := make([]int, options)
	pairs := make([][]spreadout, options)
	for i := range options {
		in[i], pairs[i] = i, make([]spreadout, options)
	}
	variance := func(i, l int) (float64, int) { return pairs[i][l].variance(), pairs[i][l].n }
	line := make([]float64, options)
	kept := make([][]float64, options)
	for rows := 1; ; rows++ {
		draw(line)
		used += len(in)
		for _, i := range in {
			for _, l := range in {
				pairs[i][l].add(line[i] - line[l])
			}
			if frozen && rows == first {
				kept[i] = make([]float64, options)
				for _, l := range in {
					kept[i][l] = pairs[i][l].variance()
				}
			}
		}
		if rows < first {
			continue
		}
		var stay []int
		for _, i := range in {
			out := false
			for _, l := range in {
				s2, n := variance(i, l)
				if frozen {
					s2, n = kept[i][l], first
				}
				lead := -pairs[i][l].mean * float64(rows) // of l over i
				out = out || i != l && lead > widthOfKN(scaleOfKN(0.05/float64(options-1), n), s2, delta, rows)
			}
			if !out {
				stay = append(stay, i)
			}
		}
		if in = stay; len(in) == 1 {
			return in[0], used
		}
	}
}

// problem is a made-up choice: the true means, by the unit of what matters, and
// how a row of values is drawn.
type problem struct {
	means []float64
	delta float64
	draw  func(luck *rand.Rand, row []float64)
	again int // how often each row comes once more
}

// normalProblem has options with a common luck that half cancels.
func normalProblem(luck *rand.Rand, means []float64) problem {
	sd := 2 + 3*luck.Float64()
	return problem{means: means, delta: 1, draw: func(l *rand.Rand, row []float64) {
		shared := sd * l.NormFloat64()
		for i := range row {
			row[i] = means[i] + shared + sd*l.NormFloat64()
		}
	}}
}

// dealsProblem has values as groups have: a number of deals, often none, of very
// unlike sizes, in good worlds and bad ones. Options share the world and the
// sizes; a better one wins more often. An option costs so much that its mean
// is as given.
func dealsProblem(luck *rand.Rand, means []float64) problem {
	chances := make([]float64, len(means))
	for i := range chances {
		chances[i] = 0.05 + 0.4*luck.Float64()
	}
	const openings, size, sigma, world = 4, 10.0, 1.0, 0.5
	return problem{means: means, delta: 2, draw: func(l *rand.Rand, row []float64) {
		times := math.Exp(world*l.NormFloat64() - world*world/2)
		for i := range row {
			row[i] = 2*means[i] - openings*size*chances[i]
		}
		for range openings {
			value, door := size*math.Exp(sigma*l.NormFloat64()-sigma*sigma/2)*times, l.Float64()
			for i := range row {
				if door < chances[i] {
					row[i] += value
				}
			}
		}
	}}
}

// rareProblem has options that differ only in a rare success each has by itself.
func rareProblem(_ *rand.Rand, means []float64) problem {
	const value = 20.0
	return problem{means: means, delta: 1, draw: func(l *rand.Rand, row []float64) {
		for i := range row {
			row[i] = 0
			if l.Float64() < 0.08+(means[i]+1)/value {
				row[i] = value
			}
		}
	}}
}

// repeatedProblem has values as groups have, each row four times, as worlds of one origin.
func repeatedProblem(luck *rand.Rand, means []float64) problem {
	p := dealsProblem(luck, means)
	p.again = 3
	return p
}

// configurations are true means in units of delta: the hardest first.
var configurations = map[string]func(luck *rand.Rand, options int) []float64{
	"slippage": func(_ *rand.Rand, options int) []float64 {
		means := make([]float64, options)
		means[options-1] = 1.0001
		return means
	},
	"equal": func(_ *rand.Rand, options int) []float64 { return make([]float64, options) },
	"spread": func(luck *rand.Rand, options int) []float64 {
		return sample(options, func() float64 { return 8 * luck.Float64() })
	},
	"near": func(luck *rand.Rand, options int) []float64 {
		return sample(options, func() float64 { return 2 * luck.Float64() })
	},
}

// TestSelectionErrs measures how often the end is wrong: another option is
// better although the best is called known, or is better by more than delta. At
// most 5 % may be; the bound allows three standard errors of the measurement.
func TestSelectionErrs(t *testing.T) {
	trials := 40
	if study {
		trials = 1500
	}
	kinds := []struct {
		name string
		make func(*rand.Rand, []float64) problem
	}{{"normal", normalProblem}, {"deals", dealsProblem}, {"rare", rareProblem}, {"repeated", repeatedProblem}}
	for _, kind := range kinds {
		for _, means := range []string{"slippage", "equal", "near", "spread"} {
			t.Run(kind.name+"/"+means, func(t *testing.T) { errs(t, means, kind.make, trials) })
		}
	}
}

func errs(t *testing.T, means string, made func(*rand.Rand, []float64) problem, trials int) {
	luck := rand.New(rand.NewPCG(uint64(len(means)), 9))
	wrong, known, runs, fixed := 0, 0, 0.0, 0.0
	for range trials {
		options := 2 + luck.IntN(11)
		p := made(luck, configurations[means](luck, options))
		s, sd := solve(p, luck)
		end, _ := s.Done()
		lacks := 0.0
		for _, m := range p.means {
			lacks = max(lacks, m-p.means[s.Best()])
		}
		if end == BestKnown {
			known++
		}
		if end == NotEnded || end == BestKnown && (lacks > 0 || means == "equal") || lacks > 1 {
			wrong++
		}
		runs += float64(s.Runs())
		fixed += float64(FixedRows(options, p.delta, 0.05, sd) * options)
	}
	share := float64(wrong) / float64(trials)
	t.Logf("wrong %.4f, best known %.3f, runs %.2f of a fixed number", share, float64(known)/float64(trials), runs/fixed)
	if bound := 0.05 + 3*math.Sqrt(0.05*0.95/float64(trials)); share > bound {
		t.Errorf("wrong in %.4f of %d", share, trials)
	}
}

// solve runs a selection on a problem. It also returns the largest standard
// deviation of a difference, which a fixed number of rows must go by.
func solve(p problem, luck *rand.Rand) (*Selection, float64) {
	s := NewSelection(len(p.means), SelectionRule{Delta: p.delta, Repeats: func(int) float64 { return float64(1 + p.again) }})
	row := make([]float64, len(p.means))
	pilot := make([]spreadout, len(row))
	for range 200 {
		p.draw(luck, row)
		for i := range row {
			pilot[i].add(row[i] - row[0])
		}
	}
	sd := 0.0
	for _, d := range pilot {
		sd = max(sd, math.Sqrt(d.variance()))
	}
	for range 1_000_000 {
		if _, ended := s.Done(); ended {
			break
		}
		p.draw(luck, row)
		for range 1 + p.again {
			s.Add(row)
		}
	}
	return s, sd
}

func TestSelectionEnds(t *testing.T) {
	rows := func(n int, draw func(l *rand.Rand, row []float64)) func(*Selection) {
		return func(s *Selection) {
			luck, row := rand.New(rand.NewPCG(6, 5)), make([]float64, 3)
			for range n {
				draw(luck, row)
				s.Add(row)
			}
		}
	}
	clear := func(l *rand.Rand, row []float64) {
		shared := 100 * l.NormFloat64()
		row[0], row[1], row[2] = shared+l.NormFloat64(), shared+10+l.NormFloat64(), shared+l.NormFloat64()
	}
	slight := func(l *rand.Rand, row []float64) { clear(l, row); row[1] -= 9.5 }
	alike := func(l *rand.Rand, row []float64) { row[0] = l.NormFloat64(); row[1] = row[0]; row[2] = row[0] - 5 }
	for _, c := range []struct {
		name      string
		rule      SelectionRule
		feed      func(*Selection)
		end       Ending
		best      int
		survivors string
	}{
		{"clear lead", SelectionRule{Delta: 1}, rows(96, clear), BestKnown, 1, "[1]"},
		{"not yet looked", SelectionRule{Delta: 1}, rows(95, clear), NotEnded, 1, "[0 1 2]"},
		{"before a second look", SelectionRule{Delta: 0.3, First: 32, Every: 50}, rows(81, slight), NotEnded, 1, "[0 1 2]"},
		{"second look", SelectionRule{Delta: 0.3, First: 32, Every: 50}, rows(82, slight), WithinDelta, 1, "[1]"},
		{"two are the same", SelectionRule{Delta: 1}, rows(200, alike), WithinDelta, 0, "[0 1]"},
		{"the same for too short", SelectionRule{Delta: 1}, rows(127, alike), NotEnded, 0, "[0 1 2]"},
		{"budget", SelectionRule{Delta: 0.001, Most: 40}, rows(50, func(l *rand.Rand, r []float64) { clear(l, r); r[1] -= 10 }), RowsUsedUp, -1, "[0 1 2]"},
		{"missing rows use the budget", SelectionRule{Delta: 1, Most: 40}, rows(50, func(_ *rand.Rand, r []float64) { r[1] = math.NaN() }), RowsUsedUp, 0, "[0 1 2]"},
	} {
		s := NewSelection(3, c.rule)
		c.feed(s)
		if end, _ := s.Done(); end != c.end || c.best >= 0 && s.Best() != c.best || fmt.Sprint(s.Survivors()) != c.survivors {
			t.Errorf("%s: end %v, best %d, survivors %v", c.name, end, s.Best(), s.Survivors())
		}
	}
	if end, ended := NewSelection(1, SelectionRule{Delta: 1}).Done(); !ended || end != BestKnown {
		t.Error("a single option is not the best")
	}
}

// TestSequenceHoldsAtAllRows: the confidence sequence by which one option is worse
// than another lies wrong at any of 2000 rows in at most its share of the level, and
// not in far less.
func TestSequenceHoldsAtAllRows(t *testing.T) {
	const trials, rows, level = 1500, 2000, 0.025
	luck, s := rand.New(rand.NewPCG(21, 1)), NewSelection(2, SelectionRule{Delta: 1})
	wrong := 0
	for range trials {
		var d spreadout
		for range rows {
			d.add(luck.NormFloat64())
			if d.n >= firstRows && d.mean > s.widthOfSequence(d) {
				wrong++
				break
			}
		}
	}
	share := float64(wrong) / trials
	t.Logf("wrong in %.4f", share)
	if share > level+3*math.Sqrt(level/trials) || share < level/8 {
		t.Errorf("wrong in %.4f of sequences", share)
	}
}

// TestSelectionDoesNotReadWhoIsOut gives nonsense for an option that is out.
func TestSelectionDoesNotReadWhoIsOut(t *testing.T) {
	run := func(nonsense float64) string {
		luck, s := rand.New(rand.NewPCG(3, 3)), NewSelection(3, SelectionRule{Delta: 0.2, Most: 3000})
		for range 3000 {
			row := []float64{luck.NormFloat64() - 9, luck.NormFloat64(), luck.NormFloat64() + 0.05}
			if len(s.Survivors()) < 3 {
				row[0] = nonsense
			}
			s.Add(row)
		}
		end, _ := s.Done()
		used, _ := s.Rows()
		return strings.Join([]string{fmt.Sprint(end), fmt.Sprint(s.Best()), fmt.Sprint(used), fmt.Sprint(s.Runs())}, " ")
	}
	if a, b := run(math.NaN()), run(1e9); a != b {
		t.Errorf("%s, and %s with another value", a, b)
	}
}

func TestFixedRows(t *testing.T) {
	// 2.32617 of Bechhofer for two options: (2.32617*sd/sqrt 2/delta)^2.
	if got := FixedRows(2, 1, 0.05, math.Sqrt2*10); got != 542 {
		t.Errorf("%d rows, want 542", got)
	}
	if got := FixedRows(1, 1, 0.05, 1); got != 0 {
		t.Errorf("%d rows for a single option", got)
	}
}
