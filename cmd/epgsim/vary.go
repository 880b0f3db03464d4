package main

import (
	"cmp"
	"slices"
	"strings"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
)

// variation is what --vary asks for.
type variation struct {
	years    []float64 // project periods, if they are varied
	variants []experiment.Variant
}

// At most so many variants, and project periods, can be read in one figure.
const (
	mostVariants = 12
	mostPeriods  = 12
)

// varyAll makes the variants of several scenarios: each as it is written, or varied. Of one
// scenario it is vary.
func varyAll(scenarios []*scenario.Scenario, settings []string) (all variation, err error) {
	if len(scenarios) == 1 {
		return vary(scenarios[0], settings)
	}
	for k, s := range scenarios {
		v, err := vary(s, settings)
		if err != nil {
			return v, err
		}
		if len(v.variants) == 0 {
			v.variants = []experiment.Variant{{Key: s.Name, Name: s.Name, Params: s.Frozen()}}
		} else {
			for i := range v.variants {
				v.variants[i].Key, v.variants[i].Name = s.Name+","+v.variants[i].Key, s.Name+", "+v.variants[i].Name
			}
		}
		all.variants, all.years = append(all.variants, v.variants...), v.years
		first, p := scenarios[0].Frozen().Project, s.Frozen().Project
		switch {
		case slices.ContainsFunc(scenarios[:k], func(t *scenario.Scenario) bool { return t.Name == s.Name }):
			return all, usagef("%s is given twice, or two scenarios have that name; give each once, under a name of its own", s.Name)
		case p.Horizon != first.Horizon:
			return all, usagef("%s looks at year %g, %s at year %g; give one date for both: --horizon %g", scenarios[0].Name, first.Horizon, s.Name, p.Horizon, first.Horizon)
		case p.Years != first.Years && len(v.years) == 0:
			return all, usagef("%s has a project of %s, %s one of %s; give one period for both: --set project.years=%g, or several: --vary project.years=%g,%g",
				scenarios[0].Name, experiment.YearsText(first.Years), s.Name, experiment.YearsText(p.Years), first.Years, min(first.Years, p.Years), max(first.Years, p.Years))
		}
	}
	if n := len(all.variants); n > mostVariants {
		return all, usagef("%d scenarios and their variants make %d; at most %d can be compared side by side", len(scenarios), n, mostVariants)
	}
	return all, nil
}

// vary makes the variants of a scenario: every combination of the values
// given. None when nothing but the project period is varied.
func vary(s *scenario.Scenario, settings []string) (v variation, err error) {
	combos := []combination{{scenario: s}}
	var problems scenario.Problems
	var twice error // told when nothing else is wrong
	var varied []string
	for _, one := range settings {
		key, values, err := splitVariation(one, varied)
		if err != nil {
			return v, err
		}
		varied = append(varied, key)
		next, again, err := combine(combos, key, values, &problems)
		if err != nil {
			return v, err
		}
		twice = cmp.Or(twice, again)
		if key == "project.years" {
			for _, d := range next {
				if y := d.scenario.Params.Project.Years; !slices.Contains(v.years, y) { // for every combination
					v.years = append(v.years, y)
				}
			}
			continue
		}
		combos = next
		if len(combos) > mostVariants && len(problems) == 0 && twice == nil {
			return v, usagef("--vary %s: makes %d variants; at most %d can be compared side by side, so give fewer values", one, len(combos), mostVariants)
		}
	}
	switch {
	case len(problems) > 0:
		return v, unique(problems)
	case twice != nil:
		return v, twice
	case len(v.years) > mostPeriods:
		return v, usagef("--vary project.years: %d periods; at most %d can be read in one figure, so give fewer", len(v.years), mostPeriods)
	}
	for _, c := range combos {
		if len(c.parts) > 0 {
			v.variants = append(v.variants, c.variant())
		}
	}
	return v, nil
}

// splitVariation reads one --vary; varied are the keys of those before it.
func splitVariation(one string, varied []string) (key string, values []string, err error) {
	key, list, err := splitSetting("--vary", one)
	if err != nil {
		return "", nil, err
	}
	values, err = expandRanges(key, splitValues(key, list))
	switch {
	case err != nil:
	case len(values) == 0:
		err = usagef("--vary %s: names no value; for example --vary project.years=1,2,5", one)
	case slices.Contains(varied, key):
		err = usagef("--vary %s is given twice; give all its values at once, with commas", key)
	}
	return key, values, err
}

// combine makes of every combination one with each of the values. Twice says
// which of them are one.
func combine(combos []combination, key string, values []string, problems *scenario.Problems) (next []combination, twice, err error) {
	type outcome struct {
		combo int
		hash  string // of the scenario
	}
	by := map[outcome]string{} // the value that made it
	for _, value := range values {
		for i, c := range combos {
			d := combination{scenario: c.scenario.Clone(), parts: append(slices.Clone(c.parts), key+"="+value)}
			err := d.set(key, value)
			if err := collect(problems, asFlag("--vary", err)); err != nil {
				return nil, nil, err
			}
			next = append(next, d)
			if err != nil {
				continue
			}
			made := outcome{i, d.scenario.Hash()}
			if first, ok := by[made]; ok && twice == nil {
				twice = usagef("--vary %s: %s and %s are one value; give each once", key, first, value)
			}
			by[made] = value
		}
	}
	return next, twice, nil
}

// asFlag names the flag that the user typed: a scenario knows only Set.
func asFlag(flag string, err error) error {
	ps, ok := err.(scenario.Problems)
	if !ok {
		return err
	}
	ps = slices.Clone(ps)
	for k := range ps {
		if ps[k].File == "--set" {
			ps[k].File = flag
		}
	}
	return ps
}

// combination is a scenario with some settings varied.
type combination struct {
	scenario *scenario.Scenario
	parts    []string
}

// set sets a parameter and says what is wrong with the scenario then.
func (c combination) set(key, value string) error {
	if err := c.scenario.Set(key, value); err != nil {
		return err
	}
	return c.scenario.Check()
}

// variant names the combination: by its form when that is what is varied.
func (c combination) variant() experiment.Variant {
	v := experiment.Variant{Key: strings.Join(c.parts, ","), Params: c.scenario.Frozen()}
	var names []string
	for _, part := range c.parts {
		names = append(names, report.SettingName(tell.Language{}, part))
	}
	v.Name = strings.Join(names, ", ")
	if len(c.parts) == 1 && strings.HasPrefix(c.parts[0], "group.focus=") {
		for k, f := range experiment.PureForms(v.Params) {
			if f.Params.Weights() == v.Params.Weights() && k < 3 {
				return f
			}
		}
	}
	return v
}

// splitValues splits at commas, but for a key whose value has commas itself.
func splitValues(key, values string) []string {
	sep := ","
	if key == "group.mix" || key == "mechanisms_off" {
		sep = ";"
	}
	var out []string
	for _, v := range strings.Split(values, sep) {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// unique drops repetitions, which combinations of values bring.
func unique(ps scenario.Problems) scenario.Problems {
	var out scenario.Problems
	for _, p := range ps {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}
