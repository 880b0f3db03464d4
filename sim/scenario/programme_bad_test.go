package scenario

import (
	"strings"
	"testing"

	"epgsim/sim"
)

// Each wrong programme with all its messages.
func TestEveryMistakeInAProgrammeHasItsMessage(t *testing.T) {
	application := strings.Join(nameList(ApplicationNames()), ", ")
	gate := strings.Join(nameList(GateNames()), ", ")
	for _, c := range []struct {
		what, src string
		want      []string
	}{
		{"empty", "", []string{
			`x.toml:1: applicants: missing; the groups that apply: applicants = 400`,
			`x.toml:1: budget: missing; the public money of the programme, in k€: budget = 30000`,
			`x.toml:1: name: missing; every programme has one, for example name = "our-programme"`,
			`x.toml:1: policy: missing; somebody chooses: write [[policy]], and below it name = "three years for all", years = 3`,
			`x.toml:1: pool: missing; somebody applies: write [[pool]], and below it scenario = "food-products"`,
		}},
		{"keys", somebody + "polices = 3\n" + applies + chooses, []string{`x.toml:4: polices: unknown key; did you mean policy?`}},
		{"numbers", "name = \"ok\"\nbudget = 0\napplicants = 1.5\ntimes = 0\nhorizon = 99\n" + applies + chooses, []string{
			`x.toml:2: budget = 0: must be within 1..1e+09 k€`,
			`x.toml:3: applicants = 1.5: must be a whole number within 1..1000000`,
			`x.toml:4: times = 0: must be a whole number within 1..100000`,
			`x.toml:5: horizon = 99: must be within 0.25..` + number(sim.Lookup(keyHorizon).Max) + ` years; 99 months are 8.25 years`,
		}},
		{"pool", somebody + "[[pool]]\nscenario = \"bsae\"\nweights = 1\n[[pool]]\nweight = 0\n" + chooses, []string{
			`x.toml:5: pool.scenario = "bsae": no shipped scenario of that name; did you mean base?`,
			`x.toml:6: pool.weights: unknown key; did you mean weight?`,
			`x.toml:7: pool.scenario: missing; the name of a shipped one, or a file`,
			`x.toml:8: pool.weight = 0: must be within 1e-06..1e+06`,
		}},
		{"vary", somebody + applies + "[pool.vary]\ngroup.technolgy = [0, 1]\ngroup.experience = 0.4\ngroup.similarity = [0.9, 0.2]\ngroup.hours = [10, 99]\nproject.years = [1, 3]\n" + chooses, []string{
			`x.toml:7: pool.vary.group.technolgy: not a parameter in which applicants differ; did you mean group.technology?`,
			`x.toml:8: pool.vary.group.experience = 0.4: must be the two ends of a range; for example group.experience = [0.25, 0.65]`,
			`x.toml:9: pool.vary.group.similarity = 0.2: must be above 0.9`,
			`x.toml:10: pool.vary.group.hours = 99: must be within 0..60 h/week`,
			`x.toml:11: pool.vary.project.years: not a parameter in which applicants differ`,
		}},
		{"vary without effect", somebody + with(applies, "base", "environmental-technology") + "vary.group.technology = [0, 1]\n" + chooses, []string{
			`x.toml:6: group.technology: has no effect: the scenario lists its SMEs, which decide it; leave it out, or write sme = [] in a scenario to have them generated`,
		}},
		{"vary and contradict", somebody + applies + "vary.group.size = [3, 6]\n" + "set.group.suppliers = 4\n" + chooses, []string{
			`x.toml:7: pool.set: unknown key; there are scenario, weight, vary`,
		}},
		{"set and contradict", somebody + "set.group.suppliers = 4\n" + applies + "vary.group.size = [3, 6]\n" + chooses, []string{
			`x.toml:7: group.size = 3: too few for group.suppliers = 4 (line 4); set group.suppliers to at most 2 as well`,
		}},
		{"spread", somebody + "[spread]\ngroup.technolgy = 0.1\ngroup.experience = -1\n" + applies + chooses, []string{
			`x.toml:5: group.technolgy: not a parameter in which applicants differ; did you mean group.technology?`,
			`x.toml:6: group.experience = -1: must be within 0..1`,
		}},
		{"set what policies decide", somebody + "[set]\nproject.years = 3\n" + applies + chooses, []string{
			`x.toml:5: project.years = 3: cannot be set here; it is a policy's: years = …`,
		}},
		{"policy", somebody + applies + "[[policy]]\nselect = \"best\"\nform = \"free\"\nyear = 3\nhours = 200\nseen_error = 2\n", []string{
			`x.toml:6: policy.name: missing; every policy has one, for example name = "three years for all"`,
			`x.toml:6: policy.years: missing; the length of a project: years = 3, or years = { market = 1, customer = 2, system = 5 }`,
			`x.toml:7: policy.select = "best": must be a way to choose, in quotation marks; there are first come, lottery, score`,
			`x.toml:8: policy.form = "free": must be a form, in quotation marks; there are market, customer, system, as applied, by technology and compatibility`,
			`x.toml:9: policy.year: unknown key; did you mean years?`,
			`x.toml:10: policy.hours = 200: must be within 0..80 h/week`,
			`x.toml:11: policy.seen_error = 2: must be within 0..1; write 2 % as 0.02`,
		}},
		{"the same name", somebody + applies + chooses + chooses, []string{`x.toml:10: policy.name = "a": is the name of another policy; choose another`}},
		{"years by form", somebody + applies + with(chooses, "3", "{ market = 1, sytem = 99, system = 99 }"), []string{
			`x.toml:8: policy.years.customer: missing; a group may have any of the three forms`,
			`x.toml:8: policy.years.system = 99: must be within 0.25..10 years; 99 months are 8.25 years`,
			`x.toml:8: policy.years.sytem: not a form; did you mean system?`,
		}},
		{"no score", somebody + applies + chooses + "select = \"score\"\n", []string{
			`x.toml:6: policy.score: missing; what the best have most of, for example score = "technology * experience"`,
		}},
		{"score not used", somebody + applies + chooses + "score = \"technology\"\n", []string{
			`x.toml:9: policy.score = "technology": is not used: groups are chosen by first come; write select = "score", or leave it out`,
		}},
		{"score that knows the future", somebody + applies + chooses + "select = \"score\"\nscore = \"further_exports / cost\"\n", []string{
			`x.toml:10: policy.score = "further_exports / cost": in column 1, further_exports is not known when groups apply; there are ` + application,
		}},
		{"score with a slip", somebody + applies + chooses + "select = \"score\"\nscore = \"technolgy / cost\"\n", []string{
			`x.toml:10: policy.score = "technolgy / cost": in column 1, there is no technolgy; did you mean technology?`,
		}},
		{"score of two units", somebody + applies + chooses + "select = \"score\"\nscore = \"hours + technology\"\n", []string{
			`x.toml:10: policy.score = "hours + technology": in column 7, + puts h/week and a pure number together; divide, or let a number weigh one of them: 0.5 * …`,
		}},
		{"gate that knows the future", somebody + applies + chooses + "extend = { years = 1, when = \"value_total > 100 or deals_project > 0\" }\n", []string{
			`x.toml:9: policy.extend.when = "value_total > 100 or deals_project > 0": in column 1, value_total cannot be seen at the gate; there are ` + gate,
		}},
		{"gate into the SMEs' minds", somebody + applies + chooses + "extend = { years = 1, when = \"deals_project > 0 and trust_end > 0.5\" }\n", []string{
			`x.toml:9: policy.extend.when = "deals_project > 0 and trust_end > 0.5": in column 23, trust_end cannot be seen at the gate; there are ` + gate,
		}},
		{"gate with a slip", somebody + applies + chooses + "[policy.extend]\nyear = 1\nwhen = \"offer_project >= 1\"\n", []string{
			`x.toml:9: policy.extend.years: missing; for example extend = { years = 1.5, when = "offers_project >= 1" }`,
			`x.toml:10: policy.extend.year: unknown key; did you mean years?`,
			`x.toml:11: policy.extend.when = "offer_project >= 1": in column 1, there is no offer_project; did you mean offers_project?`,
		}},
		{"gate that is no condition", somebody + applies + chooses + "extend = { years = 1, when = \"deals_project\" }\n", []string{
			`x.toml:9: policy.extend.when = "deals_project": must be a condition, and is a number; compare it with one: a > 0`,
		}},
		{"no gate", somebody + applies + chooses + "extend = 2\n", []string{
			`x.toml:9: policy.extend = 2: must be one table; write [policy.extend], with years and when in the lines below`,
		}},
		{"beyond the horizon", "horizon = 4\n" + somebody + applies + chooses + "extend = { years = 2, when = \"deals_project > 0\" }\n", []string{
			`x.toml:10: policy.extend = a table: makes projects of 5 years, and 4 are the most before the horizon; make it shorter, or the horizon longer`,
		}},
		{"size of a list", somebody + with(applies, "base", "environmental-technology") + chooses + "size = 4\n", []string{
			`x.toml:9: policy.size = 4: cannot be: the SMEs of environmental-technology are listed; take that pool out, or leave the size as it is`,
		}},
		{"size too small", somebody + "set.group.suppliers = 4\n" + applies + chooses + "size = 4\n", []string{
			`x.toml:10: group.size = 4: too few for group.suppliers = 4 (line 4); set group.suppliers to at most 3 as well`,
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, err := parseProgramme("x.toml", []byte(c.src), shippedOnly)
			want := strings.Join(c.want, "\n")
			switch {
			case err == nil:
				t.Errorf("accepted as %s, want\n%s", p.Name, want)
			case err.Error() != want:
				t.Errorf("got\n%s\nwant\n%s", err, want)
			}
		})
	}
}
