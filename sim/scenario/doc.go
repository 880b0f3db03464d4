// Package scenario turns a TOML file into valid parameters of the model, or
// into a list of messages that name file, line, key, what was given and what
// is allowed. It is the one place that knows TOML, keys and the command line's
// key=value; which keys there are, and their ranges, it takes from sim.Table.
//
//	s, err := scenario.Load("food-products") // or a file
//	if err != nil {
//		return err // every mistake of the file, a line each
//	}
//	if err := cmp.Or(s.Set("project.years", "5"), s.Check()); err != nil {
//		return err
//	}
//	p := s.Frozen() // what sim.Group runs with
//
// # The file
//
// A file says its name and whatever differs from the defaults:
//
//	name = "our-group"
//	extends = "food-products" # a shipped scenario, or a path relative to this file
//
//	[group]
//	size = 4
//	mix = [0.5, 0.5, 0]       # market, customer and system opportunities, instead of focus
//
// Real parameters take integers or floats; whole ones take integers and also
// floats without a fraction (3.0), as spreadsheets write them; switches take
// true and false only. SMEs and markets may be listed one by one in [[sme]]
// and [[market]] tables, where what is left out is drawn or taken from the
// group's and the markets' parameters.
//
// # Layers
//
// What a file says lies over what the file it extends says, key by key, and
// --set (Set) lies over both. A list of SMEs or markets replaces the whole
// list below it, and the number that goes with it; an empty list (sme = [])
// takes a list away. A focus replaces a mix below it and the reverse. Only
// within one file do two of a kind contradict each other.
//
// # Designs
//
// A design file names a scenario and the parameters to vary around it
// (Design). What it sets in [set] lies over the scenario, and --set over that.
// Which rows a method makes of the factors is not known here, only what the
// parameters of a row are (Design.Params) and that no row can contradict.
//
// # Expressions
//
// What is wanted, required or seen is said by expressions (package
// sim/expression) over the outcomes of a run and whatever else the caller knows
// of it: OutcomeNames, CompileExpression. A design may name some as outcomes of
// its own: outcomes = ["value_total / public_cost as return"].
//
// # Decisions
//
// A decision file (Decision) names a scenario, the options that somebody has and
// what is wanted of them:
//
//	name = "our-decision"
//	scenario = "food-products"
//	objective = "net_benefit"       # the default; more is better
//	horizon = 10                    # years, short for project.horizon
//	discount = 0.03                 # a year; default 0
//	worlds = 1000                   # draws of what nobody knows; the default
//
//	[options]                       # every combination, of levers only
//	group.focus = [0, 0.5, 1]
//	project.years = [1, 3]
//
//	[[require]]
//	expression = "public_cost <= 400"
//
// Instead of [options], [[option]] tables give one option each: name, and the
// levers by which it differs from the scenario. [set] lies over the scenario of
// all. A scenario alone is a decision too (DecisionAbout).
//
// # Programmes
//
// A programme file (Programme) says who applies ([[pool]]), what money there is,
// and by which rules it may be given away ([[policy]]). Applicants of a kind differ
// within the ranges of pool.vary, and by what [spread] says for all kinds, on
// either side of their scenario. A policy has years (one number, or one for each
// form), and may have select ("first come", "lottery", or "score" with score =
// EXPRESSION), seen_error, form ("as applied", "market", "customer", "system", "by
// technology and compatibility"), hours, size, and a stage gate: extend = { years =
// 1.5, when = CONDITION }. Scores and gates see what an official sees
// (ApplicationNames, GateNames), and nothing of the future.
//
// # Trust
//
// The bytes may come from anybody: size, nesting and length of keys are
// limited before the TOML library sees them, so that no input takes more than
// a moment. Load follows extends to files that the caller can read; LoadShipped
// and Parse read none.
package scenario
