package decide

import (
	"math"

	"epgsim/sim/analysis"
)

// Sample is what runs came to, as far as the answer needs it.
type Sample struct {
	c       *Case
	Batches int
	Worlds  [][]float64   // unknowns, of the worlds of all batches
	values  [][][]float64 // objective: world, option, luck
	asked   [][]int       // of the first batch: option, requirement: runs in which it can be told
	unmet   [][]int       // and in which it is not met
	Broken  int           // runs in which the model broke
	Made    int           // runs made
}

// NewSample makes room for so many batches.
func (c *Case) NewSample(batches int) *Sample {
	s := &Sample{c: c, Batches: batches}
	n := len(c.options)
	for range batches * c.Decision.Worlds {
		s.Worlds = append(s.Worlds, make([]float64, len(c.Unknowns)))
		world := make([][]float64, n)
		for o := range world {
			world[o] = make([]float64, c.Luck)
			for l := range world[o] {
				world[o][l] = math.NaN()
			}
		}
		s.values = append(s.values, world)
	}
	for range n {
		s.asked, s.unmet = append(s.asked, make([]int, len(c.Decision.Require))), append(s.unmet, make([]int, len(c.Decision.Require)))
	}
	return s
}

// Add takes in a run, in any order. Those of batches for which there is no room are
// left out.
func (s *Sample) Add(r *Run) {
	option, world, luck := s.c.Place(r.Row, r.Replication)
	if world >= len(s.Worlds) {
		return
	}
	copy(s.Worlds[world], r.Unknowns)
	s.values[world][option][luck] = r.Objective
	switch r.Reason {
	case "":
		s.Made++
	case OptionOut:
	default:
		s.Broken++
	}
	if world >= s.c.Decision.Worlds {
		return
	}
	for k, met := range r.Met {
		if !math.IsNaN(met) {
			s.asked[option][k]++
		}
		if met == 0 {
			s.unmet[option][k]++
		}
	}
}

// mean is the objective of an option in a world, over luck; NaN where a run of it
// has none, so that means of several options are over the same luck.
func (s *Sample) mean(world, option int) float64 {
	sum := 0.0
	for _, v := range s.values[world][option] {
		sum += v
	}
	return sum / float64(s.c.Luck)
}

// means are those of an option in so many worlds.
func (s *Sample) means(option, worlds int) []float64 {
	all := make([]float64, worlds)
	for w := range all {
		all[w] = s.mean(w, option)
	}
	return all
}

// Progress is how far the choice has come.
type Progress struct {
	Fails     [][]float64 // option, requirement: share of the runs of the first batch that do not meet it
	Allowed   []bool      // the option meets every requirement in at least half of its runs
	In        []bool      // it may still be the best: it meets the worlds of the next batch
	Best      int         // the best so far of those allowed; -1 where there is none
	Ending    analysis.Ending
	Threshold float64 // a difference below it does not matter, in the unit of the objective
	Used      int     // worlds that the rule looked at
	selection *analysis.Selection
}

// Ended says that no further worlds are wanted.
func (p *Progress) Ended() bool { return p.Ending != analysis.NotEnded }

// Progress looks at the worlds so far. It goes by the sample alone, so that whoever
// goes on with a case goes on alike.
func (c *Case) Progress(s *Sample) Progress {
	n := len(c.options)
	p := Progress{Best: -1, Ending: analysis.BestKnown, Allowed: make([]bool, n), In: make([]bool, n)}
	var allowed []int
	for o := range c.options {
		p.Fails, p.Allowed[o] = append(p.Fails, make([]float64, len(c.Decision.Require))), true
		for k := range p.Fails[o] {
			p.Fails[o][k] = float64(s.unmet[o][k]) / float64(s.asked[o][k])
			p.Allowed[o] = p.Allowed[o] && p.Fails[o][k] <= 0.5
		}
		if p.Allowed[o] {
			allowed = append(allowed, o)
		}
	}
	p.Threshold = c.threshold(s, allowed)
	if len(allowed) == 0 {
		return p
	}
	p.selection = analysis.NewSelection(len(allowed), analysis.SelectionRule{Delta: p.Threshold, Repeats: c.repeats})
	row := make([]float64, len(allowed))
	for w := range s.Worlds {
		for k, o := range allowed {
			row[k] = s.mean(w, o)
		}
		p.selection.Add(row)
	}
	p.Ending, _ = p.selection.Done()
	p.Best = allowed[p.selection.Best()]
	for _, k := range p.selection.Survivors() {
		p.In[allowed[k]] = true
	}
	used, left := p.selection.Rows()
	p.Used = used + left
	return p
}

// threshold is so many per cent (Matters) of the mean size of the objective, over the first
// worlds and the options allowed.
func (c *Case) threshold(s *Sample, allowed []int) float64 {
	sum, n := 0.0, 0
	for _, o := range allowed {
		for _, v := range s.means(o, c.Decision.Worlds) {
			if !math.IsNaN(v) {
				sum, n = sum+math.Abs(v), n+1
			}
		}
	}
	const least = 1e-6 // a rule that nothing is too small for would never end
	if !(sum > 0) {
		return least
	}
	return max(c.Matters/100, least) * sum / float64(n)
}
