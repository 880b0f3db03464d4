package teach

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"epgsim/scenarios"
	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// what names a scenario and changes it.
type what struct {
	Scenario string            `json:"scenario,omitempty"` // name of a shipped one
	TOML     string            `json:"toml,omitempty"`     // or the text of a file,
	File     string            `json:"file,omitempty"`     // and what messages call it
	Set      map[string]string `json:"set,omitempty"`      // as --set does
}

// requestFile is what messages call the request, where a scenario's have the
// name of a file.
const requestFile = "request"

// wrong is a problem with a number of the request.
func wrong(key, given, allowed, hint string) error {
	return scenario.Problems{{File: requestFile, Key: key, Given: given, Allowed: allowed, Hint: hint}}
}

// read resolves the scenario. It reads no files: whoever asks may be somebody
// else than who started the server.
func (q *what) read() (*scenario.Scenario, error) {
	s, err := q.named()
	if err != nil {
		return nil, err
	}
	if len(q.Set) > mostSettings {
		return nil, wrong("what.set", fmt.Sprintf("%d settings", len(q.Set)), fmt.Sprintf("must be at most %d", mostSettings), "there are fewer parameters than that")
	}
	var problems scenario.Problems
	for _, key := range slices.Sorted(maps.Keys(q.Set)) {
		if len(problems) == mostTold { // to look for the nearest key takes time
			problems = append(problems, scenario.Problem{File: requestFile, Key: "what.set", Allowed: "has more that is wrong; only the first problems are listed"})
			break
		}
		if err := s.Set(key, strings.TrimSpace(q.Set[key])); err != nil {
			problems = append(problems, err.(scenario.Problems)...)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	return s, nil
}

// named is the scenario before it is changed.
func (q *what) named() (*scenario.Scenario, error) {
	switch {
	case q.Scenario != "" && q.TOML != "":
		return nil, wrong("what.toml", "", "a scenario and the text of one cannot both be given", "")
	case q.Scenario != "":
		s, err := scenario.LoadShipped(q.Scenario)
		if err != nil {
			err = wrong("what.scenario", strconv.Quote(clip(q.Scenario)), "no shipped scenario of that name", nearestScenario(q.Scenario))
		}
		return s, err
	case q.TOML == "":
		return nil, wrong("what.scenario", "", "must be the name of a shipped scenario, or toml the text of one", "")
	case q.File != "":
		return scenario.Parse(clip(strings.ToValidUTF8(q.File, "?")), []byte(q.TOML))
	}
	return scenario.Parse("scenario.toml", []byte(q.TOML))
}

func nearestScenario(name string) string {
	if near := scenario.Nearest(name, scenarios.Names()); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// clip cuts what a message repeats.
func clip(s string) string {
	if r := []rune(s); len(r) > mostPrintedInError {
		return string(r[:mostPrintedInError]) + "…"
	}
	return s
}

// variants are the forms asked for, in the order of a comparison; all when
// none are.
func variants(s *scenario.Scenario, forms []string) ([]experiment.Variant, error) {
	all := experiment.PureForms(s.Frozen())
	if len(forms) == 0 {
		return all, nil
	}
	var known []string
	for _, v := range all {
		known = append(known, v.Key)
	}
	var problems scenario.Problems
	for _, f := range forms {
		if !slices.Contains(known, f) {
			problems = append(problems, scenario.Problem{File: requestFile, Key: "forms", Given: strconv.Quote(clip(f)), Allowed: "must be among " + strings.Join(known, ", ")})
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return slices.DeleteFunc(all, func(v experiment.Variant) bool { return !slices.Contains(forms, v.Key) }), nil
}

// periods checks the project periods asked for, as --vary project.years does.
func periods(s *scenario.Scenario, years []float64) ([]float64, error) {
	if len(years) > mostPeriods {
		return nil, wrong("years", fmt.Sprint(len(years)), fmt.Sprintf("at most %d project periods can be asked for at once", mostPeriods), "")
	}
	var problems scenario.Problems
	for _, y := range years {
		d := s.Clone()
		if err := cmp.Or(d.Set("project.years", strconv.FormatFloat(y, 'g', -1, 64)), d.Check()); err != nil {
			problems = append(problems, err.(scenario.Problems)...)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return years, nil
}

// resolved is the answer to /api/scenario.
type resolved struct {
	Name   string            `json:"name"`
	Title  string            `json:"title"`
	TOML   string            `json:"toml"`
	Hash   string            `json:"hash"`
	Years  float64           `json:"years"`  // of the project
	Values map[string]number `json:"values"` // of all parameters
}

func (l *Lesson) scenario(d door) error {
	var q what
	if err := d.read(&q); err != nil {
		return err
	}
	sc, err := q.read()
	if err != nil {
		return err
	}
	p := &sc.Params
	answer := resolved{sc.Name, sc.Title, string(sc.TOML()), sc.Hash(), p.Project.Years, map[string]number{}}
	for i := range sim.Table {
		answer.Values[sim.Table[i].Name] = number(sim.Table[i].In(p))
	}
	return d.send(newBody(encode(answer), gzip.BestSpeed))
}
