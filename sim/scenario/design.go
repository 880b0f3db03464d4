package scenario

import (
	"fmt"
	"math"

	"epgsim/sim"
)

// Method is how the rows of a design are spread over its factors.
type Method string

// The methods, as written in a file.
const (
	MethodFactorial      Method = "factorial"       // every combination of listed values
	MethodOneAtATime     Method = "one-at-a-time"   // the scenario as it is, then each listed value alone
	MethodLatinHypercube Method = "latin-hypercube" // random, but even in every factor
	MethodSobol          Method = "sobol"           // Sobol' sequence: even in all factors together
	MethodMorris         Method = "morris"          // trajectories that change one factor at a time: screening
	MethodSaltelli       Method = "saltelli"        // pairs of points that exchange factors: shares of variance
)

// Methods are all methods, in the order in which messages name them.
func Methods() []Method {
	return []Method{MethodFactorial, MethodOneAtATime, MethodLatinHypercube, MethodSobol, MethodMorris, MethodSaltelli}
}

// listed says whether a method goes through listed values, and not over ranges.
func (m Method) listed() bool { return m == MethodFactorial || m == MethodOneAtATime }

// Design is a design file, checked: a scenario, the factors varied around it,
// and how. Many goroutines may read it at once. Its scenario is changed by Set
// alone, never by itself.
type Design struct {
	Head

	Scenario *Scenario // with [set] laid over it
	Method   Method

	Points      int  // rows, trajectories (morris) or base samples (saltelli); 0 where the values decide
	Levels      int  // of the grid of morris; else 0
	SecondOrder bool // saltelli: pairs of factors too
	Scramble    bool // sobol, saltelli: randomise the sequence

	Replications int       // of each row
	Seed         uint64    // of the points and of luck
	Outcomes     []Outcome // that the analysis is about
	Series       bool      // keep the weekly series too

	Factors []Factor

	file string

	ruled []int    // factors whose values may contradict others
	own   settings // of the scenario, what they may contradict
}

// Factor is a parameter that a design varies.
type Factor struct {
	Parameter *sim.Parameter
	Values    []float64 // in the order of the file, or made from Steps; nil for a range
	Low, High float64   // ends of the range, or least and largest of Values
	Steps     int       // > 0: Values are so many from Low to High, fewer where there are fewer whole numbers
	Log       bool      // spread evenly by factors instead of differences
	Group     string    // factors of one group are treated as one; "" for none

	line int // of its file
}

// At returns the factor's value at share u, 0 to 1, of its way: listed values
// and the whole numbers of a range each take an equal part of it. It gives the
// same bits on every platform.
func (f *Factor) At(u float64) float64 {
	switch {
	case f.Values != nil:
		return f.Values[part(u, len(f.Values))]
	case f.Parameter.Type != sim.Real:
		return f.Low + float64(part(u, int(f.High-f.Low)+1))
	}
	return f.between(u)
}

// part is the number of the part, of n equal ones, in which u falls.
func part(u float64, n int) int {
	if !(u > 0) { // so written that NaN is the first
		return 0
	}
	return min(int(min(u, 1)*float64(n)), n-1)
}

// between is the real number at share u of the way from Low to High.
func (f *Factor) between(u float64) float64 {
	switch {
	case f.Log:
		return sim.Geometric(f.Low, f.High, u)
	case u <= 0:
		return f.Low
	case u >= 1:
		return f.High
	}
	return min(max(f.Low+float64(u*(f.High-f.Low)), f.Low), f.High)
}

// Groups returns the names of the groups in the order of their first factors,
// and of every factor the number of its group. A factor without a group is one
// by itself, named as its parameter.
func (d *Design) Groups() (names []string, of []int) {
	number := map[string]int{}
	for i := range d.Factors {
		f := &d.Factors[i]
		name := f.Group
		if name == "" {
			name = f.Parameter.Name
		}
		k, ok := number[name]
		if !ok {
			k = len(names)
			number[name], names = k, append(names, name)
		}
		of = append(of, k)
	}
	return names, of
}

// mostRows is the most rows a design may have.
const mostRows = 1_000_000_000

// Rows is the number of rows: different sets of parameters to run.
func (d *Design) Rows() int { return int(d.rows()) }

// rows is Rows as a float64, which holds what is far too many.
func (d *Design) rows() float64 {
	names, of := d.Groups()
	groups := float64(len(names))
	switch d.Method {
	case MethodMorris:
		return float64(d.Points) * (groups + 1)
	case MethodSaltelli:
		if d.SecondOrder {
			groups *= 2
		}
		return float64(d.Points) * (groups + 2)
	case MethodLatinHypercube, MethodSobol:
		return float64(d.Points)
	}
	values := make([]float64, len(names)) // of each group, in step
	for i, k := range of {
		values[k] = float64(len(d.Factors[i].Values))
	}
	product, sum := 1.0, 1.0
	for _, n := range values {
		product, sum = product*n, sum+n
	}
	if d.Method == MethodFactorial {
		return product
	}
	return sum
}

// Set changes a setting of the scenario, given as on the command line by
// key=value, with the checks and words of Scenario.Set. What is a factor of the
// design cannot be set.
func (d *Design) Set(key, value string) error {
	if i := d.varies(key); i >= 0 {
		return Problems{{File: commandLine, Key: key, Allowed: fmt.Sprintf("is varied by the design (%s:%d)", d.file, d.Factors[i].line),
			Hint: "set what is no factor, or take the factor out"}}
	}
	if err := d.Scenario.Set(key, value); err != nil {
		return err
	}
	d.freeze()
	return nil
}

// varies returns the factor that decides about a key, -1 if there is none: a
// focus decides about a mix too, whose place it takes.
func (d *Design) varies(key string) int {
	for i := range d.Factors {
		if n := d.Factors[i].Parameter.Name; n == key || n == keyFocus && key == keyMix {
			return i
		}
	}
	return -1
}

// freeze finds out what may contradict in rows. A value of the scenario counts
// only if it is not the default: else a scenario that is written out in full
// would contradict what it was made from.
func (d *Design) freeze() {
	d.ruled, d.own = nil, settings{}
	for i := range d.Factors {
		if ruled(d.Factors[i].Parameter.Name) {
			d.ruled = append(d.ruled, i)
		}
	}
	said := d.Scenario.said
	for _, keys := range rules() {
		for _, k := range keys {
			if s, ok := said[k]; ok && s.value != sim.Lookup(k).Default {
				d.own[k] = s
			}
		}
	}
	if l, ok := said[keySME]; ok {
		d.own[keySME] = l
		delete(d.own, keySize)
	}
}

// Params writes the parameters of one row to dst: the scenario's, with a value
// for each factor, and what is switched off switched off. NaN stands for the
// scenario's own value. Lists of SMEs and markets are shared between rows and
// must not be written to. The error, a Problems, is a value that the parameter
// cannot have, or a combination that contradicts.
func (d *Design) Params(dst *sim.Params, values []float64) error {
	*dst = d.Scenario.Params
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		q := d.Factors[i].Parameter
		if !q.Valid(v) {
			return Problems{{File: d.file, Line: d.Factors[i].line, Key: q.Name, Given: number(v), Allowed: allowed(q)}}
		}
		d.Factors[i].SetIn(dst, v)
	}
	if err := d.clash(values).err(); err != nil {
		return err
	}
	d.Scenario.switchOff(dst)
	return nil
}
