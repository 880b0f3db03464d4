package report

import (
	"epgsim/cmd/internal/tell"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// Subject is what results are of: a scenario, a programme or targets.
type Subject struct {
	Name, Hash string
	of         string         // in a word
	files      []store.Source // the first is what a reader wants to see
	shown      string         // how the page calls it
	beside     string         // what the page says of its files
	times      string         // how the page counts its replications

	scenario *scenario.Scenario // nil where it is no scenario
}

// OfScenario are results of a scenario.
func OfScenario(s *scenario.Scenario) Subject {
	return Subject{Name: s.Name, Hash: s.Hash(), of: "scenario", files: []store.Source{{Path: ScenarioFile, Data: s.TOML()}}, scenario: s,
		shown:  tell.Phrase("The scenario as it was run (scenario.toml)"),
		beside: tell.Phrase("the scenario as it was run; runs again to the same bytes"),
		times:  tell.Phrase("%d of each variant"),
	}
}

// OfProgramme are results of a programme.
func OfProgramme(p *scenario.Programme) Subject {
	return Subject{Name: p.Name, Hash: p.Hash(), of: "programme", files: programmeFiles(p),
		shown:  tell.Phrase("The programme as it was run (programme.toml)"),
		beside: tell.Phrase("the programme as it was run, with the scenarios of its kinds of applicants beside it; runs again to the same bytes"),
		times:  tell.Phrase("%d programmes"),
	}
}

// OfTargets are results of targets.
func OfTargets(t *scenario.Targets) Subject {
	return Subject{Name: t.Name, Hash: t.Hash(), of: "targets", files: targetsFiles(t),
		shown:  tell.Phrase("The targets as they were used (targets.toml)"),
		beside: tell.Phrase("the targets as they were used, with the scenarios of their cases beside them; runs again to the same bytes"),
		times:  tell.Phrase("%d worlds"),
	}
}
