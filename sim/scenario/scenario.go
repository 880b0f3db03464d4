package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"epgsim/sim"
)

// Scenario is a scenario file with all it extends, checked and resolved.
//
// Params is derived from what was said. Whoever writes to it directly, as a
// sweep does, goes round the checks, and the next Set derives it anew.
type Scenario struct {
	Head

	Params sim.Params // valid; mechanisms in Off not yet switched off
	Off    []string   // mechanisms to be switched off, in the order of sim.Mechanisms

	said settings
}

// Load reads the scenario file of that name; if there is none and the name
// does not look like a path, the shipped scenario. An error is always of type
// Problems and holds all that is wrong with the file and what it extends.
func Load(nameOrPath string) (*Scenario, error) { return load(shippedScenarios(), nameOrPath, parse) }

// LoadShipped is Load for people who have no business with this machine's
// files: it knows shipped scenarios only.
func LoadShipped(name string) (*Scenario, error) {
	src, file, wrong := shippedScenarios().take(name)
	if wrong != nil {
		return nil, Problems{*wrong}
	}
	return parse(file, src, shippedOnly)
}

// Parse reads a scenario from the bytes of a file, which messages call by name.
// It reads no other files: only shipped scenarios can be extended. Its errors
// are those of Load.
func Parse(name string, src []byte) (*Scenario, error) { return parse(name, src, shippedOnly) }

// parse is Parse with a say in what may be extended.
func parse(name string, src []byte, resolve resolver) (*Scenario, error) {
	l := loader{resolve: resolve, bad: map[string]bool{}}
	said, doc, whole := l.load(name, src, nil)
	if whole {
		c := checker{settings: said, bad: l.bad}
		l.problems = append(l.problems, c.all()...)
	}
	if err := l.problems.err(); err != nil {
		return nil, err
	}
	s := &Scenario{Head: doc.Head, said: said}
	s.derive()
	return s, nil
}

// lay lays settings over what the scenario says.
func (s *Scenario) lay(layers ...settings) {
	for _, l := range layers {
		s.said.over(l)
	}
	s.derive()
}

func (s *Scenario) derive() {
	s.Params = s.said.params()
	s.Off = slices.Clone(get[[]string](s.said, keyOff))
}

// Clone returns a scenario that can be changed by Set without changing s.
func (s *Scenario) Clone() *Scenario {
	c := *s
	c.said = maps.Clone(s.said)
	c.derive()
	return &c
}

// Check finds contradictions between settings, as there may be after Set. A
// scenario from Load or Parse has none. An error is always of type Problems.
func (s *Scenario) Check() error {
	c := checker{settings: s.said}
	return c.all().err()
}

// Frozen returns the parameters to run with: those of the scenario, its
// mechanisms switched off. Switching off may put a parameter outside the range
// that a file may give it.
func (s *Scenario) Frozen() sim.Params {
	p := s.Params
	p.ListedSMEs = slices.Clone(p.ListedSMEs)
	p.MarketSpecs = slices.Clone(p.MarketSpecs)
	s.switchOff(&p)
	return p
}

// switchOff switches off what is switched off in the scenario.
func (s *Scenario) switchOff(p *sim.Params) {
	for _, name := range s.Off {
		sim.MechanismNamed(name).SwitchOff(p)
	}
}

// Warnings say what is allowed and still asks for trouble: names of SMEs that the
// programs which read the data files take for something else.
func (s *Scenario) Warnings() (warnings []string) {
	for i := range s.Params.ListedSMEs {
		name := s.Params.ListedSMEs[i].Name
		takes := ""
		switch {
		case strings.ContainsRune("=+-@", rune(name[0])):
			takes = "a spreadsheet takes it for a formula"
		case slices.Contains([]string{"na", "n/a", "nan", "null", "none"}, strings.ToLower(name)):
			takes = "R and Python take it for a missing value"
		default:
			continue
		}
		warnings = append(warnings, fmt.Sprintf("%s: sme.name = %s: in a CSV file %s; another name is safer", s.Name, quoteClip(name), takes))
	}
	return warnings
}

// Hash identifies what the scenario says: SHA-256, in hex, of the resolved
// TOML without its comments, so that rewording a parameter's meaning does not
// change it.
func (s *Scenario) Hash() string { return hash(s.resolved(false)) }

// Form names the scenario's place on the continuum of organisational forms.
func (s *Scenario) Form() string { return form(s.Params.Weights()) }

// form names a mix in the words of the study, which calls 0.1 on the continuum
// a market focus, 0.3 and still 0.4 a market-customer focus, and 0.9 a system
// focus: a market or system focus by three quarters of such opportunities, a
// customer focus by nine tenths, and else all kinds of which there are some.
func form(w [3]float64) string {
	switch {
	case w[0] >= 0.75:
		return "market"
	case w[1] >= 0.9:
		return "customer"
	case w[2] >= 0.75:
		return "system"
	}
	name := ""
	for i, kind := range [...]string{"market", "customer", "system"} {
		if w[i] >= 0.1 {
			name += "-" + kind
		}
	}
	return name[1:] // weights sum to 1, so there is one
}
