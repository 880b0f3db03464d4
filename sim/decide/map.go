package decide

import (
	"fmt"
	"math"
	"slices"

	"epgsim/sim"
	"epgsim/sim/analysis"
)

// Axis is one of two over which a map shows who wins: an unknown in equal ranges, or
// a lever by the values that options have.
type Axis struct {
	Parameter *sim.Parameter
	Lever     bool
	Edges     []float64 // of the ranges of an unknown, one more than there are
	Values    []float64 // of a lever, ascending

	at int // among the unknowns or the levers
}

// Len is how many fields the axis has.
func (x *Axis) Len() int {
	if x.Lever {
		return len(x.Values)
	}
	return len(x.Edges) - 1
}

// Map is who wins where.
type Map struct {
	X, Y  Axis
	Cells [][]Cell // [y][x]
}

// Cell is a field of a map.
type Cell struct {
	Best   int               // the option with the highest mean; -1: no worlds, or no option there
	Sure   bool              // the 95 % interval of its lead over the second excludes 0
	Ahead  analysis.Interval // of the option that is best over all: the regret of choosing that one here too
	Worlds int
}

// worldsACell is how many worlds a field of a map has on average, at least.
const worldsACell, fewestRanges, mostRanges = 25, 2, 8

// Axes are those of a map over two parameters, none where no name is given. The
// error says which name is neither an unknown nor a lever of the options.
func (c *Case) Axes(names []string) (axes []Axis, err error) {
	if len(names) != 0 && (len(names) != 2 || names[0] == names[1]) {
		return nil, fmt.Errorf("a map is over two parameters")
	}
	for _, name := range names {
		x, ok := c.axis(name)
		if !ok {
			return nil, fmt.Errorf("%s is neither a lever of the options nor unknown; %s", name, c.axesThereAre())
		}
		axes = append(axes, x)
	}
	return axes, nil
}

func (c *Case) axesThereAre() string {
	text := "there are"
	for _, q := range c.Decision.Levers {
		text += " " + q.Name
	}
	for i := range c.Unknowns {
		text += " " + c.Unknowns[i].Parameter.Name
	}
	return text
}

func (c *Case) axis(name string) (x Axis, ok bool) {
	for i, q := range c.Decision.Levers {
		if q.Name != name {
			continue
		}
		x = Axis{Parameter: q, Lever: true, at: i}
		for o := range c.options {
			x.Values = append(x.Values, q.In(&c.options[o].params))
		}
		slices.Sort(x.Values)
		x.Values = slices.Compact(x.Values)
		return x, len(x.Values) > 1
	}
	for i := range c.Unknowns {
		if u := &c.Unknowns[i]; u.Parameter.Name == name {
			x = Axis{Parameter: u.Parameter, at: i}
			n := int(math.Sqrt(float64(c.Decision.Worlds) / worldsACell))
			n = min(max(n, fewestRanges), mostRanges)
			for k := range n + 1 {
				x.Edges = append(x.Edges, u.Low+float64((u.High-u.Low)*(float64(k)/float64(n))))
			}
			return x, true
		}
	}
	return x, false
}

// field is where a world and an option stand on the axis.
func (x *Axis) field(c *Case, world []float64, option int) int {
	if x.Lever {
		return slices.Index(x.Values, x.Parameter.In(&c.options[option].params))
	}
	v := world[x.at]
	for k := 1; k < x.Len(); k++ {
		if v < x.Edges[k] {
			return k - 1
		}
	}
	return x.Len() - 1
}

// Map finds who wins where, in the worlds that every option met and among the
// options that meet the requirements.
func (c *Case) Map(s *Sample, a *Answer, x, y Axis) *Map {
	m := &Map{X: x, Y: y}
	for j := range y.Len() {
		row := make([]Cell, x.Len())
		for i := range row {
			row[i] = c.cell(s, a, &x, &y, i, j)
		}
		m.Cells = append(m.Cells, row)
	}
	return m
}

func (c *Case) cell(s *Sample, a *Answer, x, y *Axis, i, j int) Cell {
	cell := Cell{Best: -1, Ahead: analysis.Mean(nil)}
	var values [][]float64 // of the options that are there
	var options []int
	var chosen []float64
	for o := range c.options {
		var mine, best []float64
		for w := range c.Decision.Worlds {
			if x.field(c, s.Worlds[w], o) == i && y.field(c, s.Worlds[w], o) == j {
				mine, best = append(mine, s.mean(w, o)), append(best, s.mean(w, a.Best))
			}
		}
		if a.Allowed[o] && len(mine) > 0 {
			values, options, chosen = append(values, mine), append(options, o), best
		}
	}
	if len(values) == 0 {
		return cell
	}
	top, means := 0, make([]float64, len(values))
	for k := range values {
		if means[k] = analysis.Mean(values[k]).Estimate; means[k] > means[top] {
			top = k
		}
	}
	cell.Best, cell.Worlds, cell.Sure = options[top], len(values[top]), true
	cell.Ahead = analysis.Difference(values[top], chosen)
	for k := range values {
		if k != top && !(analysis.Difference(values[top], values[k]).Low > 0) {
			cell.Sure = false
		}
	}
	return cell
}
