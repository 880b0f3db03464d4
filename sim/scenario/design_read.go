package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"epgsim/sim"
)

// The keys of a design beside those of a scenario.
const (
	keyScenario     = "scenario"
	keyMethod       = "method"
	keyPoints       = "points"
	keyLevels       = "levels"
	keySecondOrder  = "second_order"
	keyScramble     = "scramble"
	keyReplications = "replications"
	keySeed         = "seed"
	keyOutcomes     = "outcomes"
	keySeries       = "series"
	keySet          = "set"
	keyFactor       = "factor"

	keySteps = "steps" // of a factor
	keyGroup = "group"
)

// takers are the methods to which a key of a design or of a factor means
// anything.
func takers(key string) []Method {
	switch key {
	case keyPoints:
		return []Method{MethodLatinHypercube, MethodSobol, MethodMorris, MethodSaltelli}
	case keySteps:
		return []Method{MethodFactorial, MethodOneAtATime}
	case keyLevels:
		return []Method{MethodMorris}
	case keySecondOrder:
		return []Method{MethodSaltelli}
	case keyScramble:
		return []Method{MethodSobol, MethodSaltelli}
	case keyGroup:
		return []Method{MethodFactorial, MethodOneAtATime, MethodMorris, MethodSaltelli}
	}
	return Methods()
}

func (m Method) takes(key string) bool { return slices.Contains(takers(key), m) }

// Limits of a design.
const (
	mostReplications = 100_000
	mostPoints       = 100_000_000
	mostLevels       = 1000
	mostValues       = 1000 // of one factor
)

// LoadDesign reads the design file of that name; if there is none and the name
// does not look like a path, the shipped design. An error is always of type
// Problems and holds all that is wrong with the file and its scenario.
func LoadDesign(nameOrPath string) (*Design, error) {
	return load(shippedDesigns(), nameOrPath, parseDesign)
}

// parseDesign reads a design from the bytes of a file, which messages call by
// name; resolve finds its scenario, and what that extends.
func parseDesign(name string, src []byte, resolve resolver) (*Design, error) {
	doc, at, wrong := decode(name, src)
	if wrong != nil {
		return nil, wrong
	}
	r := &designReader{reader: newReader(name, mostLayers, at, resolve),
		d: &Design{Levels: 4, Scramble: true, Replications: 10, Seed: 1, Outcomes: []Outcome{OutcomeOf(sim.ValueProject)}, file: name}}
	r.readTop(doc)
	r.d.Scenario = r.readScenario(doc, nil)
	r.readFactors(doc)
	if r.d.Scenario != nil {
		r.problems = append(r.problems, r.d.idle()...)
	}
	if err := r.problems.err(); err != nil {
		return nil, err
	}
	r.d.freeze()
	if err := r.d.Check(); err != nil {
		return nil, err
	}
	if n := len(r.d.TOML()); n > mostBytes {
		return nil, Problems{{File: name, Allowed: fmt.Sprintf("has %d kB when it is written out in full, and %d are the most that is read", n>>10, mostBytes>>10)}}
	}
	return r.d, nil
}

// designReader reads one decoded design.
type designReader struct {
	*reader
	d *Design
}

// entries are the keys of a design beside those of its head.
func (r *designReader) entries() []entry {
	d := r.d
	return []entry{
		{keyScenario, nil},
		{keyMethod, func(at string, v any) { d.Method = Method(r.oneOf(at, v, "method", methodNames(Methods()))) }},
		{keyPoints, func(at string, v any) { d.Points = r.whole(at, v, 1, mostPoints) }},
		{keyLevels, r.levels},
		{keySecondOrder, func(at string, v any) { d.SecondOrder = r.truth(at, v) }},
		{keyScramble, func(at string, v any) { d.Scramble = r.truth(at, v) }},
		{keyReplications, func(at string, v any) { d.Replications = r.whole(at, v, 1, mostReplications) }},
		{keySeed, func(_ string, v any) { d.Seed = r.seed(v) }},
		{keyOutcomes, func(_ string, v any) { d.Outcomes = r.outcomes(v) }},
		{keySeries, func(at string, v any) { d.Series = r.truth(at, v) }},
		{keySet, nil},
		{keyFactor, nil},
	}
}

// readTop takes all keys but [set] and [[factor]].
func (r *designReader) readTop(doc map[string]any) {
	r.d.Head = r.top(doc, "design", "our-sweep", r.entries()...)
	r.needs("", doc, keyMethod, "it is one of "+strings.Join(methodNames(Methods()), ", "))
	r.fits(doc)
}

// fits finds the keys that the method does not take, or that it lacks; what it
// does not take is then as if it were not there.
func (r *designReader) fits(doc map[string]any) {
	d := r.d
	if d.Method == "" {
		return
	}
	for _, key := range [...]string{keyPoints, keyLevels, keySecondOrder, keyScramble} {
		if v, ok := doc[key]; ok && !d.Method.takes(key) {
			r.misplaced(key, v, key)
		}
	}
	if d.Method.takes(keyPoints) {
		of := map[Method]string{MethodMorris: "trajectories", MethodSaltelli: "base samples"}[d.Method]
		r.needs("", doc, keyPoints, string(d.Method)+" needs it: the number of "+cmp.Or(of, "rows"))
	}
	if !d.Method.takes(keyLevels) {
		d.Levels = 0
	}
	d.Scramble = d.Scramble && d.Method.takes(keyScramble)
}

// misplaced refuses a key that the method does not take.
func (r *designReader) misplaced(path string, v any, key string) {
	r.problem(path, v, "does not go with "+string(r.d.Method), "it is for "+strings.Join(methodNames(takers(key)), ", "))
}

// whole takes a whole number.
func (r *reader) whole(path string, v any, least, most float64) int {
	f, _ := r.number(path, &sim.Parameter{Min: least, Max: most, Type: sim.Whole}, v)
	return int(f)
}

// levels takes the number of values on the grid.
func (r *designReader) levels(key string, v any) {
	if r.d.Levels = r.whole(key, v, 2, mostLevels); r.d.Levels%2 != 0 && !r.bad[key] {
		r.problem(key, v, "must be even, so that a step crosses half of the grid", "")
	}
}

// seed takes a whole number, in quotation marks if it is beyond those of TOML.
func (r *reader) seed(v any) uint64 {
	switch v := v.(type) {
	case int64:
		if v >= 0 {
			return uint64(v)
		}
	case string:
		if n, err := strconv.ParseUint(v, 10, 64); err == nil {
			return n
		}
	}
	r.problem(keySeed, v, "must be a whole number, at least 0", "")
	return 0
}

func (r *reader) truth(path string, v any) bool {
	f, _ := r.number(path, &sim.Parameter{Max: 1, Type: sim.Switch}, v)
	return f != 0
}

// oneOf takes one of a few words, "" if it is another.
func (r *reader) oneOf(path string, v any, what string, words []string) string {
	s, _ := v.(string)
	if slices.Contains(words, s) {
		return s
	}
	r.problem(path, v, "must be a "+what+", in quotation marks", r.nearOrAll(s, words))
	return ""
}

func methodNames(methods []Method) []string {
	return texts(methods, func(m Method) string { return string(m) })
}

// outcomes takes the outcomes that the analysis is about.
func (r *designReader) outcomes(v any) (chosen []Outcome) {
	r.each(keyOutcomes, v, 1, "outcomes", `["value_project", "stranded"]`, func(text string, _ any) (wrong, hint string) {
		o, wrong, hint := outcome(text, func(word string) string { return r.near(word, outcomeNames()) })
		switch {
		case wrong != "":
			return wrong, hint
		case slices.ContainsFunc(chosen, func(c Outcome) bool { return c.Info().Name == o.Info().Name }):
			return "named twice", ""
		}
		chosen = append(chosen, o)
		return "", ""
	})
	return chosen
}

func outcomeNames() (names []string) {
	for o := range sim.NOutcomes {
		names = append(names, o.String())
	}
	return names
}

// readScenario loads the scenario and lays [set] over it, and over that what else
// is said of it. It is nil if there is something wrong with any of these.
func (r *reader) readScenario(doc map[string]any, more settings) *Scenario {
	said, bad := r.readSet("", doc)
	r.needs("", doc, keyScenario, `the name of a shipped one, or a file: scenario = "base"`)
	if r.bad[keyScenario] {
		return nil
	}
	s := r.scenarioNamed(keyScenario, doc[keyScenario])
	if s != nil {
		r.lay(s, bad, said, more)
	}
	return s
}

// scenarioNamed loads the scenario that the value at a path names, nil if there is
// something wrong with it.
func (r *reader) scenarioNamed(path string, v any) *Scenario {
	before := len(r.problems)
	ref := r.text(path, v, 500, false)
	if len(r.problems) > before {
		return nil
	}
	src, name, wrong := r.resolve(r.file, ref)
	if wrong != nil {
		r.problem(path, ref, wrong.Allowed, wrong.Hint)
		return nil
	}
	s, err := parse(name, src, r.resolve)
	if err != nil {
		r.problems = append(r.problems, err.(Problems)...)
		return nil
	}
	return s
}

// readSet takes [set] of the table at a path, "" for the file, with the checks and words
// of a scenario file.
func (r *reader) readSet(path string, t map[string]any) (settings, map[string]bool) {
	v, ok := t[keySet]
	if !ok {
		return nil, nil
	}
	at := join(path, keySet)
	table := r.table(at, v, "keys of the scenario")
	s := newReader(r.file, designLayer, r.at, nil)
	s.under = at + "."
	for _, key := range sorted(table) {
		if onlyInFile(key) {
			s.problem(join("", key), nil, "cannot be set here", "write it in a scenario file")
		} else {
			s.section(key, table[key])
		}
	}
	s.exclusive()
	r.problems = append(r.problems, s.problems...)
	return s.settings, s.bad
}
