package scenario

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"epgsim/sim"
	"epgsim/sim/sampling"
)

// The columns of a worlds file that are no parameters.
const (
	ColumnWeight = "weight"
	ColumnOrigin = "origin" // rows that have the same one come from one simulated world, and count together
)

// Worlds are a weighted sample of worlds, as a calibration leaves it or somebody has
// made by hand: each is a value for every one of some parameters, and counts by its
// weight. Many goroutines may use it at once.
type Worlds struct {
	File    string      // as the user knows it
	Factors []Factor    // the parameters, in the order of the file; Low and High are the least and greatest value there
	Rows    [][]float64 // by world, of Factors
	Weights []float64   // above zero, on the scale of the file
	Origins []float64   // which simulated world each row comes from; nil: each from one of its own
	Model   string      // hash of the model that they were found with; "" where the file does not say

	mu    sync.Mutex
	drawn map[draw][]int
}

// draw is one drawing of so many worlds.
type draw struct {
	n    int
	seed uint64
}

// NewWorlds makes worlds of a table: columns by name, and the values of each column.
// Without a column of weights all count alike. A parameter may have any value that
// the model allows, plausible or not. line is how the file counts its first row. The
// error, of type Problems, names columns that are no parameter, and each value that is
// missing or not allowed with its row.
func NewWorlds(file string, columns []string, values [][]float64, line int) (*Worlds, error) {
	w := &Worlds{File: file, drawn: map[draw][]int{}}
	var problems Problems
	rows := 0
	var from [][]float64
	for i, name := range columns {
		rows = len(values[i])
		q := sim.Lookup(name)
		p := Problem{File: file, Key: name}
		switch {
		case slices.Contains(columns[:i], name):
			p.Allowed = "is there twice"
		case name == ColumnWeight:
			w.Weights = values[i]
			problems = append(problems, wrongRows(file, name, values[i], line, func(v float64) bool { return v > 0 && v <= math.MaxFloat32 }, "must be a number above 0")...)
		case name == ColumnOrigin:
			w.Origins = values[i]
			problems = append(problems, wrongRows(file, name, values[i], line, func(v float64) bool { return v == math.Trunc(v) && math.Abs(v) < 1<<53 }, "must be a whole number")...)
		case q == nil:
			p.Allowed, p.Hint = "not a parameter", cmp.Or(didYouMean(name, append(parameterNames(), ColumnWeight, ColumnOrigin)), "besides "+ColumnWeight+" there may only be parameters; epgsim parameters lists them")
		default:
			words := allowed(q)
			if q.Type == sim.Switch {
				words = "must be 1 for true or 0 for false"
			}
			problems = append(problems, wrongRows(file, name, values[i], line, q.Valid, words)...)
			if rows > 0 {
				w.Factors = append(w.Factors, Factor{Parameter: q, Low: slices.Min(values[i]), High: slices.Max(values[i])})
			}
			from = append(from, values[i])
		}
		if p.Allowed != "" {
			problems = append(problems, p)
		}
	}
	switch {
	case len(problems) > 0:
	case rows == 0:
		problems = Problems{{File: file, Allowed: "has no worlds", Hint: "each line below the names is one"}}
	case len(from) == 0:
		problems = Problems{{File: file, Allowed: "has no parameter", Hint: "each column is one, named as epgsim parameters has it"}}
	}
	if err := problems.err(); err != nil {
		return nil, err
	}
	w.lay(from, rows)
	return w, nil
}

// lay turns columns into rows.
func (w *Worlds) lay(columns [][]float64, rows int) {
	if w.Weights == nil {
		w.Weights = slices.Repeat([]float64{1}, rows)
	}
	for r := range rows {
		world := make([]float64, len(columns))
		for i := range columns {
			world[i] = columns[i][r] + 0 // + 0 makes a plain zero of -0
		}
		w.Rows = append(w.Rows, world)
	}
}

// mostWrong is how many values of a column are told one by one.
const mostWrong = 5

// wrongRows tells of the first values of a column that are not fine.
func wrongRows(file, key string, values []float64, line int, fine func(float64) bool, allowed string) (found Problems) {
	wrong := 0
	for r, v := range values {
		if fine(v) {
			continue
		}
		if wrong++; wrong > mostWrong {
			continue
		}
		p := Problem{File: file, Line: line + r, Key: key, Given: number(v), Allowed: allowed}
		if math.IsNaN(v) {
			p.Given, p.Allowed = "", "is missing; "+allowed
		}
		found = append(found, p)
	}
	if wrong > mostWrong {
		found = append(found, Problem{File: file, Key: key, Allowed: fmt.Sprintf("so in %d of %d rows", wrong, len(values))})
	}
	return found
}

// Column is where a parameter is among Factors; -1: nowhere, also of no worlds.
func (w *Worlds) Column(q *sim.Parameter) int {
	if w == nil {
		return -1
	}
	return slices.IndexFunc(w.Factors, func(f Factor) bool { return f.Parameter == q })
}

// Effective is how many worlds of equal weight would say as much (Kish 1965), rows of one
// origin taken for one world.
func (w *Worlds) Effective() float64 { return effective(w.byOrigin(w.Weights)) }

// FewWorlds is how many worlds of equal weight are too few to trust a spread.
const FewWorlds = 100

// Few says whether a calibration has left too few worlds. Of those made by hand nobody
// knows.
func (w *Worlds) Few() bool { return w.Origins != nil && w.Effective() < FewWorlds }

// Simulated is how many simulated worlds the rows come from.
func (w *Worlds) Simulated() int { return len(w.byOrigin(w.Weights)) }

// byOrigin adds up what rows of one origin have.
func (w *Worlds) byOrigin(of []float64) (sums []float64) {
	if w.Origins == nil {
		return of
	}
	at := map[float64]int{}
	for r, origin := range w.Origins {
		k, ok := at[origin]
		if !ok {
			k = len(sums)
			at[origin], sums = k, append(sums, 0)
		}
		sums[k] += of[r]
	}
	return sums
}

func effective(weights []float64) float64 {
	sum, squares := 0.0, 0.0
	for _, x := range weights {
		sum += x
		squares += float64(x * x)
	}
	return sum * sum / squares
}

// Row is a world, one of n that are drawn by their weights with a seed. All n are
// different while there are enough of about equal weight; see sampling.Resample. It
// must not be written to.
func (w *Worlds) Row(number, n int, seed uint64) []float64 { return w.Rows[w.Draw(n, seed)[number]] }

// Different is how many different worlds are among n that are drawn, and how many
// draws without any repetition, of an origin either, would say as much.
func (w *Worlds) Different(n int, seed uint64) (different int, effectively float64) {
	times := make([]float64, len(w.Rows))
	for _, row := range w.Draw(n, seed) {
		times[row]++
	}
	for _, k := range times {
		if k > 0 {
			different++
		}
	}
	return different, effective(w.byOrigin(times))
}

// Repeats is how many rows of a sample say as much as one that nothing repeats, where
// the first of rows that are drawn n at a time, with seeds that follow one another, have
// been drawn: rows of one origin are of one simulated world. Of worlds made by hand,
// which are no sample of anything, it is 1, as of none.
func (w *Worlds) Repeats(rows, n int, seed uint64) float64 {
	if w == nil || w.Origins == nil {
		return 1
	}
	times := make([]float64, len(w.Rows))
	for first := 0; first < rows; first += n {
		for _, row := range w.Draw(n, seed+uint64(first/n)) {
			times[row]++
		}
	}
	all := float64((rows + n - 1) / n * n)
	return max(1, all/effective(w.byOrigin(times)))
}

// Draw is which rows n worlds are, drawn by their weights with a seed. It must not be
// written to.
func (w *Worlds) Draw(n int, seed uint64) []int {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := draw{n, seed}
	if w.drawn[key] == nil {
		w.drawn[key] = sampling.Resample(w.Weights, n, seed)
	}
	return w.drawn[key]
}

// CSV writes the worlds as a file that NewWorlds makes the same of.
func (w *Worlds) CSV() []byte {
	head := []string{ColumnWeight}
	if w.Origins != nil {
		head = append(head, ColumnOrigin)
	}
	lines := []string{strings.Join(append(head, texts(w.Factors, func(f Factor) string { return f.Parameter.Name })...), ",")}
	for r, row := range w.Rows {
		cells := []string{number(w.Weights[r])}
		if w.Origins != nil {
			cells = append(cells, strconv.FormatFloat(w.Origins[r], 'f', -1, 64))
		}
		lines = append(lines, strings.Join(append(cells, texts(row, number)...), ","))
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// Hash tells worlds apart: the SHA-256, hexadecimal, of CSV.
func (w *Worlds) Hash() string { return hash(w.CSV()) }
