package scenario

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"epgsim/scenarios"
	"epgsim/sim"
)

// sameDesign says whether two designs are equal but for where they were read.
func sameDesign(a, b *Design) bool {
	plain := func(d *Design) Design {
		c := *d
		c.Scenario, c.file, c.ruled, c.own, c.Factors = nil, "", nil, nil, slices.Clone(d.Factors)
		for i := range c.Factors {
			c.Factors[i].line = 0
		}
		c.Outcomes = nil // compared by what they point to
		return c
	}
	return fmt.Sprintf("%#v", plain(a)) == fmt.Sprintf("%#v", plain(b)) && reflect.DeepEqual(a.Outcomes, b.Outcomes) && same(&a.Scenario.Params, &b.Scenario.Params)
}

// survives writes a design and its scenario and reads them back.
func survives(t interface{ Fatalf(string, ...any) }, d *Design) {
	resolve := func(_, ref string) ([]byte, string, *Problem) {
		if ref != resolvedScenario {
			return nil, "", &Problem{File: ref, Allowed: "not asked for by a design"}
		}
		return d.Scenario.TOML(), ref, nil
	}
	again, err := parseDesign("design.toml", d.TOML(), resolve)
	switch {
	case err != nil:
		t.Fatalf("%v\n%s", err, d.TOML())
	case !sameDesign(d, again) || d.Hash() != again.Hash() || d.Rows() != again.Rows() || !bytes.Equal(d.TOML(), again.TOML()):
		t.Fatalf("once written, it differs:\n%s\n%s", d.TOML(), again.TOML())
	}
}

// randomDesign is a design of a few random factors, nil if they contradict.
func randomDesign(t *rapid.T) *Design {
	method := rapid.SampledFrom(Methods()).Draw(t, "method")
	var b strings.Builder
	line := func(key, value string) { b.WriteString(key + " = " + value + "\n") }
	line("name", `"random"`)
	line("description", quote(strings.Map(graphic, rapid.StringN(0, 20, 100).Draw(t, "description"))))
	line("scenario", quote(rapid.SampledFrom(scenarios.Names()).Draw(t, "scenario")))
	line("method", quote(string(method)))
	line("seed", seedText(rapid.Uint64().Draw(t, "seed")))
	line("replications", strconv.Itoa(rapid.IntRange(1, mostReplications).Draw(t, "replications")))
	if method.takes(keyPoints) {
		line("points", strconv.Itoa(rapid.IntRange(1, 10000).Draw(t, "points")))
	}
	if method.takes(keyLevels) {
		line("levels", strconv.Itoa(2*rapid.IntRange(2, 8).Draw(t, "levels")))
	}
	if method.takes(keyScramble) {
		line("scramble", strconv.FormatBool(rapid.Bool().Draw(t, "scramble")))
	}
	if method.takes(keySecondOrder) {
		line("second_order", strconv.FormatBool(rapid.Bool().Draw(t, "second")))
	}
	if rapid.Bool().Draw(t, "off") {
		line("set.mechanisms_off", quoteList(rapid.SampledFrom(mechanismNames()).Draw(t, "mechanism")))
	}
	chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, len(sim.Table)-1), 1, 6, rapid.ID[int]).Draw(t, "parameters")
	for _, i := range chosen {
		randomFactor(t, line, method, &sim.Table[i])
	}
	d, err := parseDesign("x.toml", []byte(b.String()), shippedOnly)
	if err != nil && !contradiction(err) {
		t.Fatalf("%v\n%s", err, b.String())
	}
	return d
}

// contradiction says whether all that is wrong are contradictions, which are a
// matter of chance.
func contradiction(err error) bool {
	return !slices.ContainsFunc(err.(Problems), func(p Problem) bool {
		return !slices.ContainsFunc([]string{"has no effect", "more partners", "more suppliers", "too few for", "must be at least the", "of the same group",
			"all goals", "makes more than", "needs two factors", "to choose from"}, func(s string) bool { return strings.Contains(p.Allowed, s) })
	})
}

func quoteList(s string) string { return "[" + quote(s) + "]" }

func graphic(r rune) rune {
	if strconv.IsGraphic(r) {
		return r
	}
	return '\n'
}

func randomFactor(t *rapid.T, line func(key, value string), method Method, q *sim.Parameter) {
	draw := func(name string) float64 {
		v := rapid.Float64Range(q.Min, q.Max).Draw(t, name)
		if q.Type != sim.Real {
			return math.Round(v)
		}
		return v
	}
	line("[[factor]]\nparameter", quote(q.Name))
	low, high := draw("low"), draw("high")
	switch {
	case low == high:
		low, high = q.Min, q.Max
	case low > high:
		low, high = high, low
	}
	if rapid.Bool().Draw(t, "values") {
		line("values", valueList(q, []float64{high, low}))
	} else {
		line("low", value(q, low))
		line("high", value(q, high))
		if q.Type == sim.Real && low > 0 {
			line("scale", rapid.SampledFrom([]string{`"log"`, `"linear"`}).Draw(t, "scale"))
		}
		if method.takes(keySteps) {
			line("steps", strconv.Itoa(rapid.IntRange(2, 20).Draw(t, "steps")))
		}
	}
	if g := rapid.IntRange(0, 4).Draw(t, "group"); method.takes(keyGroup) && g < 2 {
		line("group", quote("group "+strconv.Itoa(g)))
	}
}

func TestDesignsSurviveBeingWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if d := randomDesign(t); d != nil {
			survives(t, d)
		}
	})
}

// Values stay within their range and go up with u.
func TestValuesStayInRangeAndGoUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := randomDesign(t)
		if d == nil {
			return
		}
		for i := range d.Factors {
			f := &d.Factors[i]
			u, v := rapid.Float64Range(0, 1).Draw(t, "u"), rapid.Float64Range(0, 1).Draw(t, "v")
			a, b := f.At(min(u, v)), f.At(max(u, v))
			if !f.Parameter.Valid(a) || a < f.Low || a > f.High || f.Values == nil && a > b {
				t.Fatalf("%+v: %g at %g, %g at %g", f, a, min(u, v), b, max(u, v))
			}
			if f.Values == nil && (f.At(0) != f.Low || f.At(1) != f.High) {
				t.Fatalf("%+v goes from %g to %g", f, f.At(0), f.At(1))
			}
		}
	})
}

func hostileDesigns() map[string]string {
	list := map[string]string{
		"every":        sweep + "[[factor]]\nevery = \"uncertainty\"\n",
		"every twice":  sweep + strings.Repeat("[[factor]]\nevery = \"lever\"\nsection = \"trust\"\n", 900),
		"many factors": sweep + strings.Repeat(hours, 1500),
		"many values":  full + hours + "values = [" + strings.Repeat("1,", 30000) + "]\n",
		"long lists":   full + strings.Repeat("[[factor]]\nparameter=\"trust.start\"\nvalues=["+strings.Repeat(".1,", 900)+"]\n", 20),
		"many except":  sweep + "[[factor]]\nevery = \"lever\"\nexcept = [" + strings.Repeat("\"trust.strat\",", 4000) + "]\n",
		"own outcomes": sweep + "outcomes = [\"value_total / 0 as a\", \"((((\", \"1 as\", \" as b\", \"1 as c as d\", \"1\\n+1 as e\", \"\\u0000 as f\"]\n" + hours,
		"own outcome":  sweep + "outcomes = [\"min(value_total, 3e2)\\n/\\tpublic_cost as e\"]\n" + hours,
		"outcomes":     sweep + "outcomes = [" + strings.Repeat("\"valu\",", 8000) + "]\n" + hours,
		"steps":        full + hours + "steps = 1000\ngroup = \"a\"\n[[factor]]\nparameter = \"trust.start\"\nsteps = 1000\ngroup = \"a\"\n",
		"goals in step": full + "[[factor]]\nparameter = \"goals.sales\"\nlow = 0.5\nhigh = 1\nsteps = 1000\ngroup = \"a\"\n[[factor]]\nparameter = \"goals.learning\"\n" +
			"low = 0\nhigh = 1\nsteps = 1000\ngroup = \"a\"\n",
		"set of all sorts": sweep + "set = { group = { size = 4 }, sme = [], mechanisms_off = 3, xyzzy = { a = 1 } }\n" + hours,
		"inline":           sweep + "factor = [{ parameter = \"manager.hours\" }, { every = \"lever\", except = [\"group.size\"] }]\n",
		"mixed list":       sweep + "factor = [1, { parameter = \"manager.hours\" }]\n",
		"nan":              sweep + "seed = nan\nreplications = inf\n" + hours + "low = nan\nhigh = -inf\n",
		"minus zero":       sweep + hours + "low = -0.0\n",
		"huge":             sweep + "replications = 9223372036854775807\nseed = -9223372036854775808\n" + hours,
		"itself":           with(sweep, "base", "x.toml") + hours,
		"circle":           with(sweep, "base", "other") + hours,
	}
	for name, src := range hostile() {
		list["scenario: "+name] = src
		list["as set: "+name] = sweep + "[set]\n" + strings.TrimPrefix(src, ok) + hours
		list["after: "+name] = sweep + hours + strings.TrimPrefix(src, ok)
	}
	return list
}

// soundDesign: whatever the input, there is either an error that says what is
// wrong or a design that survives being written, all of whose corners can be
// run.
func soundDesign(t testing.TB, src []byte) {
	d, err := parseDesign("d.toml", src, fuzzFiles())
	if err != nil {
		if d != nil {
			t.Fatalf("design %v with error %v", d, err)
		}
		inWords(t, err, "d.toml", src)
		return
	}
	if n := d.Rows(); n < 1 || n > mostRows {
		t.Fatalf("%d rows, %d factors", n, len(d.Factors))
	}
	survives(t, d)
	if d.Method.listed() {
		return // not every corner is in the design
	}
	for _, u := range [...]float64{0, 0.5, 1} {
		var p sim.Params
		values := make([]float64, len(d.Factors))
		for i := range values {
			values[i] = d.Factors[i].At(u)
		}
		if err := d.Params(&p, values); err != nil {
			t.Fatal(err)
		}
	}
}

func FuzzParseDesign(f *testing.F) {
	for _, src := range hostileDesigns() {
		if len(src) < 1500 {
			f.Add([]byte(src))
		}
	}
	for _, name := range scenarios.SweepNames() {
		src, _ := scenarios.SweepSource(name)
		f.Add(src)
	}
	f.Add(DesignTemplate())
	f.Fuzz(func(t *testing.T, src []byte) { soundDesign(t, src) })
}

// No design of the size that is let in takes more than a moment to read, or
// more than a little memory.
func TestHostileDesignsAreCheap(t *testing.T) { cheap(t, hostileDesigns(), soundDesign) }
