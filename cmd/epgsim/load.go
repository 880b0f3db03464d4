package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/scenario"
)

// load reads a scenario and applies --set, reporting all that is wrong at once.
func load(name string, set []string) (*scenario.Scenario, error) {
	s, err := readScenario(name)
	if err == nil {
		err = applySettings(s, set)
	}
	if err != nil {
		return nil, err
	}
	return s, s.Check()
}

// warn says what is allowed in a scenario and still asks for trouble.
func (a *app) warn(s *scenario.Scenario) {
	for _, w := range s.Warnings() {
		fmt.Fprintln(tell.HarmlessWriter(a.err), w)
	}
}

// applySettings applies --set to a scenario or a design.
func applySettings(to interface{ Set(key, value string) error }, set []string) error {
	var problems scenario.Problems
	for _, one := range set {
		key, value, err := splitSetting("--set", one)
		if err == nil {
			err = to.Set(key, value)
		}
		if err = collect(&problems, err); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

// readScenario reads a scenario, and says so when its name is a directory's.
func readScenario(name string) (*scenario.Scenario, error) {
	s, err := scenario.Load(name)
	if info, e := os.Stat(name); err == nil || e != nil || !info.IsDir() {
		return s, err
	}
	p := scenario.Problem{File: name, Allowed: "is a directory; name the scenario file in it"}
	if file := filepath.Join(name, report.ScenarioFile); report.IsFile(file) {
		p.Hint = "did you mean " + file + "?"
	}
	return nil, scenario.Problems{p}
}

// collect adds err to problems if it is of their kind, else returns it.
func collect(problems *scenario.Problems, err error) error {
	if ps, ok := err.(scenario.Problems); ok {
		*problems = append(*problems, ps...)
		return nil
	}
	return err
}

func splitSetting(flag, s string) (key, value string, err error) {
	key, value, ok := strings.Cut(s, "=")
	if !ok || key == "" || value == "" {
		return "", "", usagef("%s %s: must be KEY=VALUE, for example %s %s", flag, s, flag,
			map[string]string{"--set": "project.years=5", "--vary": "group.focus=0,0.5,1"}[flag])
	}
	return strings.TrimSpace(key), strings.TrimSpace(value), nil
}
