package scenario

import (
	"strings"
	"testing"

	"epgsim/scenarios"
	"epgsim/sim"
)

const (
	sweep = "name = \"ok\"\nscenario = \"base\"\nmethod = \"sobol\"\npoints = 8\n"
	full  = "name = \"ok\"\nscenario = \"base\"\nmethod = \"factorial\"\n"
	hours = "[[factor]]\nparameter = \"manager.hours\"\n"
)

// with is the text with one part in place of another, which it has.
func with(text, old, new string) string {
	if !strings.Contains(text, old) {
		panic(old + " is not in " + text)
	}
	return strings.Replace(text, old, new, 1)
}

func outcomesText() string {
	var names []string
	for o := range sim.NOutcomes {
		names = append(names, o.String())
	}
	return strings.Join(names, ", ")
}

// Each bad design with all its messages.
func TestEveryMistakeInADesignHasItsMessage(t *testing.T) {
	for _, c := range []struct {
		what, src string
		want      []string
	}{
		{"empty", "", []string{
			`x.toml:1: factor: missing; a design varies something: write [[factor]], and below it parameter = "manager.hours"`,
			`x.toml:1: method: missing; it is one of factorial, one-at-a-time, latin-hypercube, sobol, morris, saltelli`,
			`x.toml:1: name: missing; every design has one, for example name = "our-sweep"`,
			`x.toml:1: scenario: missing; the name of a shipped one, or a file: scenario = "base"`,
		}},
		{"only a name", "name = \"ok\"\n", []string{
			`x.toml:1: factor: missing; a design varies something: write [[factor]], and below it parameter = "manager.hours"`,
			`x.toml:1: method: missing; it is one of factorial, one-at-a-time, latin-hypercube, sobol, morris, saltelli`,
			`x.toml:1: scenario: missing; the name of a shipped one, or a file: scenario = "base"`,
		}},
		{"unknown key", sweep + "point = 4\n" + hours, []string{
			`x.toml:5: point: unknown key; did you mean points?`,
		}},
		{"unknown table", sweep + "[factors]\n" + hours, []string{
			`x.toml:5: factors: unknown table; did you mean factor?`,
		}},
		{"scenario's table", sweep + "[group]\nsize = 4\n" + hours, []string{
			`x.toml:5: group: is the scenario's, not the design's; write it under [set]: set.group`,
		}},
		{"scenario's dotted key", sweep + "group.size = 4\n" + hours, []string{
			`x.toml:5: group: is the scenario's, not the design's; write it under [set]: set.group`,
		}},
		{"method", with(sweep, "sobol", "sobel") + hours, []string{
			`x.toml:3: method = "sobel": must be a method, in quotation marks; did you mean sobol?`,
		}},
		{"method no text", with(sweep, "\"sobol\"", "3") + hours, []string{
			`x.toml:3: method = 3: must be a method, in quotation marks; there are factorial, one-at-a-time, latin-hypercube, sobol, morris, saltelli`,
		}},
		{"method like nothing", with(sweep, "sobol", "xyzzy") + hours, []string{
			`x.toml:3: method = "xyzzy": must be a method, in quotation marks; there are factorial, one-at-a-time, latin-hypercube, sobol, morris, saltelli`,
		}},
		{"no such scenario", with(sweep, "\"base\"", "\"bsae\"") + hours, []string{
			`x.toml:2: scenario = "bsae": no shipped scenario of that name; did you mean base?`,
		}},
		{"scenario no text", with(sweep, "\"base\"", "4") + hours, []string{
			`x.toml:2: scenario = 4: must be text in quotation marks`,
		}},
		{"a file, where only shipped ones are read", with(sweep, "\"base\"", "\"none/x.toml\"") + hours, []string{
			`x.toml:2: scenario = "none/x.toml": no shipped scenario of that name; there are ` + strings.Join(scenarios.Names(), ", ") + `; a file's name ends in .toml`,
		}},
		{"bad scenario", with(sweep, "\"base\"", "\"bad.toml\"") + hours + "low = 99\n", []string{
			`bad.toml:2: group.size = 99: must be a whole number within 2..12 SMEs`,
			`x.toml:7: factor.low = 99: must be within 0..80 h/week`,
		}},
		{"points missing", with(sweep, "points = 8\n", "") + hours, []string{
			`x.toml:1: points: missing; sobol needs it: the number of rows`,
		}},
		{"points none", with(sweep, "8", "0") + hours, []string{
			`x.toml:4: points = 0: must be a whole number within 1..100000000`,
		}},
		{"points broken", with(sweep, "8", "1.5") + hours, []string{
			`x.toml:4: points = 1.5: must be a whole number within 1..100000000`,
		}},
		{"points many", with(sweep, "8", "100000001") + hours, []string{
			`x.toml:4: points = 100000001: must be a whole number within 1..100000000`,
		}},
		{"points nan", with(sweep, "8", "nan") + hours, []string{
			`x.toml:4: points = nan: must be a whole number within 1..100000000`,
		}},
		{"points of factorial", full + "points = 3\n" + hours + "steps = 2\n", []string{
			`x.toml:4: points = 3: does not go with factorial; it is for latin-hypercube, sobol, morris, saltelli`,
		}},
		{"levels of sobol", sweep + "levels = 4\n" + hours, []string{
			`x.toml:5: levels = 4: does not go with sobol; it is for morris`,
		}},
		{"levels odd", with(sweep, "sobol", "morris") + "levels = 5\n" + hours, []string{
			`x.toml:5: levels = 5: must be even, so that a step crosses half of the grid`,
		}},
		{"second order", sweep + "second_order = true\n" + hours, []string{
			`x.toml:5: second_order = true: does not go with sobol; it is for saltelli`,
		}},
		{"second order of one", with(sweep, "sobol", "saltelli") + "second_order = true\n" + hours, []string{
			`x.toml: second_order: needs two factors or groups at least, to make a pair`,
		}},
		{"scramble", full + "scramble = true\n" + hours + "steps = 2\n", []string{
			`x.toml:4: scramble = true: does not go with factorial; it is for sobol, saltelli`,
		}},
		{"scramble number", sweep + "scramble = 1\n" + hours, []string{
			`x.toml:5: scramble = 1: must be true or false; write true for 1`,
		}},
		{"replications", sweep + "replications = 100001\n" + hours, []string{
			`x.toml:5: replications = 100001: must be a whole number within 1..100000`,
		}},
		{"seed", sweep + "seed = -1\n" + hours, []string{
			`x.toml:5: seed = -1: must be a whole number, at least 0`,
		}},
		{"seed large", sweep + "seed = \"18446744073709551616\"\n" + hours, []string{
			`x.toml:5: seed = "18446744073709551616": must be a whole number, at least 0`,
		}},
		{"outcome", sweep + "outcomes = [\"value_projct\", \"deals_total\", \"deals_total\", 3]\n" + hours, []string{
			`x.toml:5: outcomes = "deals_total": named twice`,
			`x.toml:5: outcomes = "value_projct": not an outcome; did you mean value_project?`,
			`x.toml:5: outcomes = 3: not an outcome; there are ` + outcomesText(),
		}},
		{"lists as outcomes", sweep + "outcomes = [\"stranded\", # [\n[\n],\n\n[[1],\n2]]\n" + hours, []string{
			`x.toml:6: outcomes = []: not an outcome; there are ` + outcomesText(),
			`x.toml:9: outcomes = [[…], 2]: not an outcome; there are ` + outcomesText(),
		}},
		{"own outcomes", sweep + "outcomes = [\n\"value_total / public_cots as return\",\n\"value_total / public_cost\",\n\"value_total + first_deal_week as sum\",\n" +
			"\"value_total / 2 as stranded\",\n\"value_total / 2 as Half\",\n\"value_total / 2 as min\",\n\"1 as value_year_01\",\n\"stranded / 2 as half\",\n\"rescued / 2 as half\"]\n" + hours, []string{
			`x.toml:6: outcomes = "value_total / public_cots as return": in column 15, there is no public_cots; did you mean public_cost?`,
			`x.toml:7: outcomes = "value_total / public_cost": an expression needs a name; write "value_total / public_cost as NAME"`,
			`x.toml:8: outcomes = "value_total + first_deal_week as sum": in column 13, + puts k€ and weeks together; divide, or let a number weigh one of them: 0.5 * …`,
			`x.toml:9: outcomes = "value_total / 2 as stranded": the name stranded is taken; choose another`,
			`x.toml:10: outcomes = "value_total / 2 as Half": after as must stand a name of at most 40 of the characters a-z, 0-9 and _, beginning with a letter`,
			`x.toml:11: outcomes = "value_total / 2 as min": the name min is taken; choose another`,
			`x.toml:12: outcomes = "1 as value_year_01": the name value_year_01 is taken; choose another`,
			`x.toml:14: outcomes = "rescued / 2 as half": named twice`,
		}},
		{"outcomes empty", sweep + "outcomes = []\n" + hours, []string{
			`x.toml:5: outcomes = []: must be a list of outcomes; for example ["value_project", "stranded"]`,
		}},
		{"series", sweep + "series = \"yes\"\n" + hours, []string{
			`x.toml:5: series = "yes": must be true or false; write true`,
		}},
		{"no factor", sweep, []string{
			`x.toml:1: factor: missing; a design varies something: write [[factor]], and below it parameter = "manager.hours"`,
		}},
		{"empty factors", sweep + "factor = []\n", []string{
			`x.toml:5: factor: is empty; a design varies something: write [[factor]], and below it parameter = "manager.hours"`,
		}},
		{"factor table", sweep + "[factor]\nparameter = \"manager.hours\"\n", []string{
			`x.toml:5: factor = a table: must be a list of tables; write [[factor]] above the keys of each`,
		}},
		{"factor no parameter", sweep + "[[factor]]\nlow = 1\n", []string{
			`x.toml:5: factor.parameter: missing; a factor names its parameter, or says every = "uncertainty"`,
		}},
		{"parameter", sweep + "[[factor]]\nparameter = \"manager.hour\"\n", []string{
			`x.toml:6: factor.parameter = "manager.hour": not a parameter; did you mean manager.hours?`,
		}},
		{"factor like nothing", sweep + "[[factor]]\nparameter = \"xyzzy\"\n", []string{
			`x.toml:6: factor.parameter = "xyzzy": not a parameter; epgsim parameters lists them`,
		}},
		{"factor unknown key", sweep + hours + "lo = 12\nxyzzy=1\n", []string{
			`x.toml:7: factor.lo: unknown key; did you mean low?`,
			`x.toml:8: factor.xyzzy: unknown key; there are parameter, values, low, high, scale, steps, group, every, section, except`,
		}},
		{"factor twice", sweep + hours + hours, []string{
			`x.toml:8: factor.parameter = "manager.hours": is in two factors; line 6 has it already`,
		}},
		{"values and range", sweep + hours + "values = [1, 2]\nlow = 1\n", []string{
			`x.toml:8: factor.low: does not go with values (line 7); keep one`,
		}},
		{"parameter and every", sweep + hours + "every = \"lever\"\n", []string{
			`x.toml:7: factor.every: does not go with parameter (line 6); keep one`,
		}},
		{"every and low", sweep + "[[factor]]\nevery = \"lever\"\nlow = 1\n", []string{
			`x.toml:7: factor.low: does not go with every (line 6); keep one`,
		}},
		{"section without every", sweep + hours + "section = \"trust\"\n", []string{
			`x.toml:7: factor.section: does not go with parameter (line 6); keep one`,
		}},
		{"role", sweep + "[[factor]]\nevery = \"levers\"\n", []string{
			`x.toml:6: factor.every = "levers": must be a role, in quotation marks; did you mean lever?`,
		}},
		{"role constant", sweep + "[[factor]]\nevery = \"constant\"\n", []string{
			`x.toml:6: factor.every = "constant": must be a role, in quotation marks; there are lever, uncertainty`,
		}},
		{"section", sweep + "[[factor]]\nevery = \"uncertainty\"\nsection = \"trsut\"\n", []string{
			`x.toml:7: factor.section = "trsut": must be a section, in quotation marks; did you mean trust?`,
		}},
		{"except", sweep + "[[factor]]\nevery = \"uncertainty\"\nsection = \"trust\"\nexcept = [\"trust.strat\", \"manager.hours\", 3]\n", []string{
			`x.toml:8: factor.except = "trust.strat": not among the parameters it is an exception from; did you mean trust.start?`,
			`x.toml:8: factor.except = "manager.hours": not among the parameters it is an exception from; did you mean trust.loss?`,
			`x.toml:8: factor.except = 3: not among the parameters it is an exception from`,
		}},
		{"every without any", sweep + "[[factor]]\nevery = \"lever\"\nsection = \"trust\"\n", []string{
			`x.toml:6: factor.every = "lever": leaves no parameter that has a plausible range, an effect, and no other factor`,
		}},
		{"low above high", sweep + hours + "low = 30\nhigh = 20\n", []string{
			`x.toml:8: factor.high = 20: must be above low = 30`,
		}},
		{"low above plausible", sweep + hours + "low = 50\n", []string{
			`x.toml:7: factor.low = 50: must be below high = 40`,
		}},
		{"equal", sweep + hours + "high = 20\nlow = 20\n", []string{
			`x.toml:8: factor.low = 20: must be below high = 20`,
		}},
		{"out of range", sweep + hours + "low = -1\nhigh = 100\n", []string{
			`x.toml:7: factor.low = -1: must be within 0..80 h/week`,
			`x.toml:8: factor.high = 100: must be within 0..80 h/week`,
		}},
		{"nan", sweep + hours + "low = nan\nhigh = inf\n", []string{
			`x.toml:7: factor.low = nan: must be a number within 0..80 h/week`,
			`x.toml:8: factor.high = inf: must be within 0..80 h/week`,
		}},
		{"not whole", sweep + "[[factor]]\nparameter = \"group.partners\"\nlow = 1.5\n", []string{
			`x.toml:7: factor.low = 1.5: must be a whole number within 1..11 SMEs`,
		}},
		{"no plausible", sweep + "[[factor]]\nparameter = \"money.manager\"\nlow = 50\n", []string{
			`x.toml:6: factor.parameter = "money.manager": has no plausible range of its own; give low and high, or values`,
		}},
		{"switch", sweep + "[[factor]]\nparameter = \"group.open\"\n", []string{
			`x.toml:6: factor.parameter = "group.open": has no plausible range of its own; write values = [false, true]`,
		}},
		{"switch values", sweep + "[[factor]]\nparameter = \"group.open\"\nvalues = [0, true]\n", []string{
			`x.toml:7: factor.values = 0: must be true or false; write false for 0`,
		}},
		{"scale", sweep + hours + "scale = \"logarithmic\"\n", []string{
			`x.toml:7: factor.scale = "logarithmic": must be a scale, in quotation marks; there are linear, log`,
		}},
		{"log of zero", sweep + "[[factor]]\nparameter = \"group.prior_ties\"\nscale = \"log\"\n", []string{
			`x.toml:7: factor.scale = "log": needs a low end above 0; low is 0`,
		}},
		{"log of whole", sweep + "[[factor]]\nparameter = \"group.partners\"\nscale = \"log\"\n", []string{
			`x.toml:7: factor.scale = "log": is for real numbers, and group.partners takes whole ones only; leave it out`,
		}},
		{"values not a list", sweep + hours + "values = 3\n", []string{
			`x.toml:7: factor.values = 3: must be a list of 2 to 1000 values`,
		}},
		{"one value", sweep + hours + "values = [3]\n", []string{
			`x.toml:7: factor.values = [3]: must be a list of 2 to 1000 values`,
		}},
		{"values wrong", sweep + hours + "values = [3, 99, 3.0, \"a\"]\n", []string{
			`x.toml:7: factor.values = 3: is there twice`,
			`x.toml:7: factor.values = "a": must be a number within 0..80 h/week`,
			`x.toml:7: factor.values = 99: must be within 0..80 h/week`,
		}},
		{"no steps", full + hours, []string{
			`x.toml:4: factor.steps: missing; factorial goes through values: give so many of the range, or a list of values`,
		}},
		{"steps of sobol", sweep + hours + "steps = 4\n", []string{
			`x.toml:7: factor.steps = 4: does not go with sobol; it is for factorial, one-at-a-time`,
		}},
		{"one step", full + hours + "steps = 1\n", []string{
			`x.toml:6: factor.steps = 1: must be a whole number within 2..1000`,
		}},
		{"group of sobol", sweep + hours + "group = \"a\"\n", []string{
			`x.toml:7: factor.group = "a": does not go with sobol; it is for factorial, one-at-a-time, morris, saltelli`,
		}},
		{"group blank", full + hours + "steps = 3\ngroup = \" a\"\n", []string{
			`x.toml:7: factor.group = " a": must be a name, without blanks at its ends`,
		}},
		{"group parameter", full + hours + "steps = 3\ngroup = \"trust.start\"\n", []string{
			`x.toml:7: factor.group = "trust.start": must not be the name of a parameter; a factor without a group is named as its parameter`,
		}},
		{"group no text", full + hours + "steps = 3\ngroup = 3\n", []string{
			`x.toml:7: factor.group = 3: must be text in quotation marks`,
		}},
		{"not in step", full + hours + "steps = 3\ngroup = \"a\"\n[[factor]]\nparameter = \"trust.start\"\nsteps = 2\ngroup = \"a\"\n", []string{
			`x.toml:8: trust.start: has 2 values, and manager.hours (line 4) of the same group 3; a group goes in step: make the lists equally long`,
		}},
		{"too many rows", full + hours + "steps = 1000\n[[factor]]\nparameter = \"trust.start\"\nsteps = 1000\n[[factor]]\nparameter = \"trust.loss\"\nsteps = 1000\n[[factor]]\nparameter = \"project.years\"\nsteps = 2\n", []string{
			`x.toml: makes more than 1000000000 rows, the most there may be`,
		}},
		{"set unknown", sweep + "[set]\ngroup.sise = 4\nname = \"a\"\nsme = []\n[set.trust]\nstart = 7\n" + hours, []string{
			`x.toml:6: group.sise: unknown key; did you mean group.size?`,
			`x.toml:7: name: cannot be set here; write it in a scenario file`,
			`x.toml:8: sme: cannot be set here; write it in a scenario file`,
			`x.toml:10: trust.start = 7: must be within 0.05..0.95`,
		}},
		{"set no table", sweep + "set = 3\n" + hours, []string{
			`x.toml:5: set = 3: must be one table; write [set], with keys of the scenario in the lines below`,
		}},
		{"set mix and focus", sweep + "[set]\ngroup.focus = 1\ngroup.mix = [1, 0, 0]\n" + hours, []string{
			`x.toml:7: group.mix: contradicts group.focus in line 6; both say what the group goes after: keep one`,
		}},
		{"set contradiction", sweep + "[set]\ngroup.size = 3\ngroup.suppliers = 3\n" + hours, []string{
			`x.toml:7: group.suppliers = 3: more suppliers than there are SMEs beside the hub: at most 2 in a group of 3`,
		}},
		{"set a factor", sweep + "[set]\nmanager.hours = 3\n" + hours, []string{
			`x.toml:6: manager.hours = 3: is varied by the design (line 7); leave it out, or take the factor out`,
		}},
		{"set a mix", sweep + "[set]\ngroup.mix = [1, 0, 0]\n[[factor]]\nparameter = \"group.focus\"\n", []string{
			`x.toml:6: group.mix = [1, 0, 0]: is varied by the design (line 7); leave it out, or take the factor out`,
		}},
		{"set size of listed", with(sweep, "base", "short-system-project") + "[set]\ngroup.size = 5\n" + hours, []string{
			`x.toml:6: group.size = 5: contradicts [[sme]] (short-system-project (shipped):27), which lists 6; in a scenario that lists them, the number is that of the list`,
		}},
		{"listed", with(sweep, "base", "environmental-technology") + "[[factor]]\nparameter = \"group.size\"\n[[factor]]\nparameter = \"group.technology\"\n[[factor]]\nparameter = \"markets.count\"\n[[factor]]\nparameter = \"markets.distance\"\n" + hours, []string{
			`x.toml:5: group.size: has no effect: the scenario lists its SMEs, which decide it; leave it out, or write sme = [] in a scenario to have them generated`,
			`x.toml:7: group.technology: has no effect: the scenario lists its SMEs, which decide it; leave it out, or write sme = [] in a scenario to have them generated`,
			`x.toml:9: markets.count: has no effect: the scenario lists its markets, which decide it; leave it out, or write market = [] in a scenario to have them generated`,
			`x.toml:11: markets.distance: has no effect: the scenario lists its markets, which decide it; leave it out, or write market = [] in a scenario to have them generated`,
		}},
		{"switched off", sweep + "[set]\nmechanisms_off = [\"sme-trust\"]\n[[factor]]\nparameter = \"trust.weight\"\n", []string{
			`x.toml:7: trust.weight: has no effect: sme-trust is switched off; leave it out, or leave mechanisms_off out`,
		}},
		{"more suppliers", sweep + "[[factor]]\nparameter = \"group.size\"\n[[factor]]\nparameter = \"group.suppliers\"\n", []string{
			`x.toml:7: group.suppliers = 4: more suppliers than there are SMEs beside the hub: at most 3 in a group of 4; the design would combine the two`,
		}},
		{"fewer SMEs", sweep + "[[factor]]\nparameter = \"group.suppliers\"\n[[factor]]\nparameter = \"group.size\"\n", []string{
			`x.toml:7: group.size = 4: too few for group.suppliers = 4 (line 5); set group.suppliers to at most 3 as well`,
		}},
		{"fewer SMEs than set", sweep + "[set]\ngroup.suppliers = 4\n[[factor]]\nparameter = \"group.size\"\n", []string{
			`x.toml:7: group.size = 4: too few for group.suppliers = 4 (line 6); set group.suppliers to at most 3 as well`,
		}},
		{"few candidates", full + "[[factor]]\nparameter = \"formation.candidates\"\nvalues = [4, 20]\n", []string{
			`x.toml:4: formation.candidates = 4: must be at least the 5 SMEs of the group, which are chosen from them; the design would combine the two`,
		}},
		{"no goals", full + "[set]\ngoals.sales = 0\ngoals.learning = 0\n[[factor]]\nparameter = \"goals.cooperation\"\nvalues = [0, 1]\n", []string{
			`x.toml:7: goals: all goals have weight 0; give at least one of sales, cooperation, learning a weight`,
		}},
		{"in step but wrong", full + "[[factor]]\nparameter = \"group.size\"\nvalues = [4, 5]\ngroup = \"a\"\n[[factor]]\nparameter = \"group.suppliers\"\nvalues = [4, 3]\ngroup = \"a\"\n", []string{
			`x.toml:8: group.suppliers = 4: more suppliers than there are SMEs beside the hub: at most 3 in a group of 4; the design would combine the two`,
		}},
		{"large", sweep + strings.Repeat("\n", mostBytes), []string{
			`x.toml: the file is larger than 64 kB, the most that is read`,
		}},
		{"syntax", sweep + "a = 1,5\n", []string{
			`x.toml:5: not valid TOML: expected a top-level item to end with a newline, comment, or EOF, but got ',' instead; decimals are written with a point: 0.5`,
		}},
		{"one-at-a-time of nothing", with(full, "factorial", "one-at-a-time") + hours + "values = []\n", []string{
			`x.toml:6: factor.values = []: must be a list of 1 to 1000 values`,
		}},
		{"second order of one group", with(sweep, "sobol", "saltelli") + "second_order = true\n" + hours + "group = \"a\"\n[[factor]]\nparameter = \"trust.start\"\ngroup = \"a\"\n", []string{
			`x.toml: second_order: needs two factors or groups at least, to make a pair`,
		}},
		{"both ends wrong", sweep + hours + "low = -1\nhigh = inf\nscale = \"lin\"\n", []string{
			`x.toml:7: factor.low = -1: must be within 0..80 h/week`,
			`x.toml:8: factor.high = inf: must be within 0..80 h/week`,
		}},
		{"key twice", sweep + hours + "low = 4\nlow = 5\n", []string{
			`x.toml:8: factor.low: given twice; it is in line 7 already`,
		}},
		{"key twice in [set]", sweep + "[set]\ngroup.size = 4\ngroup.size = 5\n", []string{
			`x.toml:7: set.group.size: given twice; it is in line 6 already`,
		}},
		{"scenario and design", "name = \"ok\"\nscenario = \"bad.toml\"\nmethod = \"sobol\"\n[[factor]]\nparameter = \"x\"\n", []string{
			`x.toml:1: points: missing; sobol needs it: the number of rows`,
			`x.toml:5: factor.parameter = "x": not a parameter; epgsim parameters lists them`,
			`bad.toml:2: group.size = 99: must be a whole number within 2..12 SMEs`,
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			d, err := parseDesign("x.toml", []byte(c.src), files(map[string]string{"bad.toml": "name = \"bad\"\ngroup.size = 99\n"}))
			want := strings.Join(c.want, "\n")
			switch {
			case err == nil:
				t.Errorf("accepted as %s, want\n%s", d.Name, want)
			case err.Error() != want:
				t.Errorf("got\n%s\nwant\n%s", err, want)
			}
		})
	}
}
