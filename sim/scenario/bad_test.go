package scenario

import (
	"strings"
	"testing"
)

// Each bad input with all its messages. The wording is part of the product:
// people read it when they are stuck.
func TestEveryMistakeHasItsMessage(t *testing.T) {
	for _, c := range []struct{ what, src, want string }{
		{"no name", "title = \"A\"\n", `x.toml:1: name: missing; every scenario has one, for example name = "our-group"`},
		{"empty", "", `x.toml:1: name: missing; every scenario has one, for example name = "our-group"`},
		{"name with capitals", "name = \"Our Group\"\n", `x.toml:1: name = "Our Group": must be 1 to 60 of the characters a-z, 0-9 and -, beginning with a letter or digit`},
		{"name no text", "name = 3\n", `x.toml:1: name = 3: must be 1 to 60 of the characters a-z, 0-9 and -, beginning with a letter or digit`},
		{"title no text", ok + "title = 3\n", `x.toml:2: title = 3: must be text in quotation marks`},
		{"title too long", ok + "title = \"" + strings.Repeat("long", 40) + "\"\n", `x.toml:2: title = "longlonglonglonglonglonglonglonglonglon…": must be text of at most 120 characters; these are 160`},
		{"title of control characters", ok + "title = \"a\\u001b[31m\"\n", `x.toml:2: title = "a\u001B[31m": must be text without control characters`},
		{"unknown key", ok + "\n[group]\nsise = 4\n", `x.toml:4: group.sise: unknown key; did you mean group.size?`},
		{"unknown key, right but for the section", ok + "experience = 0.4\n", `x.toml:2: experience: unknown key; did you mean group.experience?`},
		{"unknown key like nothing", ok + "colour = \"red\"\n", `x.toml:2: colour: unknown key`},
		{"unknown table", ok + "[grop]\nsize = 4\nfocus = 1\n", `x.toml:2: grop: unknown table; did you mean group?`},
		{"number for a table", ok + "group = 3\n", `x.toml:2: group = 3: must be one table; write [group], with its keys in the lines below`},
		{"list for a table", ok + "[[group]]\n", `x.toml:2: group = a list of tables: must be one table; write [group], with its keys in the lines below`},
		{"table for a number", ok + "[group.size]\na = 1\n", `x.toml:2: group.size = a table: must be a whole number within 2..12 SMEs`},
		{"out of range", ok + "[group]\nexperience = 1.4\n", `x.toml:3: group.experience = 1.4: must be within 0..1`},
		{"out of range with unit", ok + "manager.hours = -1\n", `x.toml:2: manager.hours = -1: must be within 0..80 h/week`},
		{"percentage", ok + "[group]\nexperience = 40\n", `x.toml:3: group.experience = 40: must be within 0..1; write 40 % as 0.4`},
		{"months", ok + "project.years = 30\n", `x.toml:2: project.years = 30: must be within 0.25..10 years; 30 months are 2.5 years`},
		{"not a number", ok + "group.focus = nan\n", `x.toml:2: group.focus = nan: must be a number within 0..1`},
		{"infinity", ok + "group.hours = +inf\n", `x.toml:2: group.hours = inf: must be within 0..60 h/week`},
		{"minus infinity", ok + "group.size = -inf\n", `x.toml:2: group.size = -inf: must be a whole number within 2..12 SMEs`},
		{"large integer", ok + "group.size = 9223372036854775807\n", `x.toml:2: group.size = 9223372036854775807: must be a whole number within 2..12 SMEs`},
		{"larger integer", ok + "group.size = 9223372036854775808\n", `x.toml:2: not valid TOML: 9223372036854775808 is out of range for int64; no number of a scenario is that large`},
		{"not whole", ok + "group.size = 4.5\n", `x.toml:2: group.size = 4.5: must be a whole number within 2..12 SMEs`},
		{"text for a number", ok + "group.size = \"5\"\n", `x.toml:2: group.size = "5": must be a whole number within 2..12 SMEs; write 5, without quotation marks`},
		{"decimal comma in text", ok + "group.focus = \"0,5\"\n", `x.toml:2: group.focus = "0,5": must be a number within 0..1; write 0.5`},
		{"date for a number", ok + "group.focus = 2020-01-02\n", `x.toml:2: group.focus = 2020-01-02: must be a number within 0..1`},
		{"truth for a number", ok + "group.focus = true\n", `x.toml:2: group.focus = true: must be a number within 0..1`},
		{"number for a switch", ok + "group.open = 1\n", `x.toml:2: group.open = 1: must be true or false; write true for 1`},
		{"form for a focus", ok + "group.focus = \"system\"\n", `x.toml:2: group.focus = "system": must be a number within 0..1; write 1`},
		{"other form for a focus", ok + "group.focus = \"Customer\"\n", `x.toml:2: group.focus = "Customer": must be a number within 0..1; write 0.5`},
		{"euros", ok + "money.manager = 78000\n", `x.toml:2: money.manager = 78000: must be within 0..500 k€/year; in k€: 78`},
		{"more k€ than allowed", ok + "money.manager = 600\n", `x.toml:2: money.manager = 600: must be within 0..500 k€/year`},
		{"text for a switch", ok + "group.open = \"no\"\n", `x.toml:2: group.open = "no": must be true or false; write false`},
		{"mix of two", ok + "group.mix = [0.5, 0.5]\n", `x.toml:2: group.mix = [0.5, 0.5]: must be three weights, of market, customer and system opportunities, that sum to 1; for example [0.2, 0.3, 0.5]`},
		{"mix of text", ok + "group.mix = [\"a\", 0.5, {}]\n", `x.toml:2: group.mix = ["a", 0.5, a table]: must be three weights, of market, customer and system opportunities, that sum to 1; for example [0.2, 0.3, 0.5]`},
		{"mix that is not whole", ok + "group.mix = [0.5, 0.5, 0.1]\n", `x.toml:2: group.mix = [0.5, 0.5, 0.1]: must be three weights, of market, customer and system opportunities, that sum to 1; these sum to 1.1`},
		{"mix below zero", ok + "group.mix = [1, 0.5, -0.5]\n", `x.toml:2: group.mix = [1, 0.5, -0.5]: must be three weights, of market, customer and system opportunities, that sum to 1; each must be at least 0`},
		{"mix and focus", ok + "[group]\nfocus = 0.5\n\nmix = [1, 0, 0]\n", `x.toml:5: group.mix: contradicts group.focus in line 3; both say what the group goes after: keep one`},
		{"hub without list", ok + "group.hub = \"Yard\"\n", `x.toml:2: group.hub = "Yard": must be the name of a listed SME, and none are listed; list the SMEs as [[sme]], or leave the hub to the group`},
		{"hub not listed", ok + "group.hub = \"Yrad\"\n" + two, `x.toml:2: group.hub = "Yrad": not a listed SME; did you mean Yard?`},
		{"hub no text", ok + "group.hub = 1\n", `x.toml:2: group.hub = 1: must be the name of a listed SME, in quotation marks`},
		{"more suppliers than SMEs", ok + "[group]\nsize = 4\nsuppliers = 4\n", `x.toml:4: group.suppliers = 4: more suppliers than there are SMEs beside the hub: at most 3 in a group of 4`},
		{"fewer SMEs than suppliers", ok + "[group]\nsuppliers = 4\nsize = 4\n", `x.toml:4: group.size = 4: too few for group.suppliers = 4 (line 3); set group.suppliers to at most 3 as well`},
		{"more partners than listed", ok + two + "[group]\npartners = 2\n", `x.toml:7: group.partners = 2: more partners than there are SMEs beside the lead SME: at most 1 in a group of 2`},
		{"few candidates", ok + "formation.candidates = 3\n", `x.toml:2: formation.candidates = 3: must be at least the 5 SMEs of the group, which are chosen from them`},
		{"size and list", ok + "group.size = 5\n" + two, `x.toml:2: group.size = 5: contradicts [[sme]] (line 3), which lists 2; leave group.size out, or list as many`},
		{"count and list", ok + "[[market]]\nname = \"A\"\n[markets]\ncount = 2\n", `x.toml:5: markets.count = 2: contradicts [[market]] (line 2), which lists 1; leave markets.count out, or list as many`},
		{"no goals", ok + "[goals]\nsales = 0\nlearning = 0\ncooperation = 0\n", `x.toml:5: goals: all goals have weight 0; give at least one of sales, cooperation, learning a weight`},
		{"no such mechanism", ok + "mechanisms_off = [\"practice\", \"joint-hour\"]\n", `x.toml:2: mechanisms_off = "joint-hour": not a mechanism that can be switched off; did you mean joint-hours?`},
		{"mechanism twice", ok + "mechanisms_off = [\"practice\",\n\"practice\"]\n", `x.toml:3: mechanisms_off = "practice": named twice`},
		{"mechanism as text", ok + "mechanisms_off = \"practice\"\n", `x.toml:2: mechanisms_off = "practice": must be a list of mechanisms; for example ["practice", "rivalry"]`},
	} {
		t.Run(c.what, func(t *testing.T) { expect(t, c.src, c.want) })
	}
}

// Mistakes within lists, where the line must be that of the right element.
func TestEveryMistakeInAListHasItsMessage(t *testing.T) {
	for _, c := range []struct{ what, src, want string }{
		{"one table", ok + "[sme]\nname = \"Yard\"\n", `x.toml:2: sme = a table: must be a list of tables; write [[sme]] above the keys of each`},
		{"list of numbers", ok + "sme = [1, 2]\n", `x.toml:2: sme = [1, 2]: must be a list of tables; write [[sme]] above the keys of each`},
		{"one SME", ok + "[[sme]]\nname = \"Yard\"\n", `x.toml:2: sme: must be 2 to 12 in number; 1 are listed`},
		{"many markets", ok + strings.Repeat("[[market]]\nname = \"A\"\n", 1) + marketsNamed("BCDEF"), `x.toml:2: market: must be 1 to 5 in number; 6 are listed`},
		{"no name", ok + two + "[[sme]]\nhours = 20\n", `x.toml:6: sme.name: missing; each [[sme]] needs one`},
		{"empty name", ok + two + "[[sme]]\nname = \" \"\n", `x.toml:7: sme.name = " ": must be text in quotation marks, without blanks at its ends`},
		{"name twice", ok + two + "[[sme]]\nname = \"Hull\"\n", `x.toml:7: sme.name = "Hull": names must differ: line 5 has it already`},
		{"second out of range", ok + two + "technology = 1.5\n", `x.toml:6: sme.technology = 1.5: must be within 0..1`},
		{"hours", ok + two + "hours = 61\n", `x.toml:6: sme.hours = 61: must be within 0..60 h/week`},
		{"component", ok + two + "component = \"yes\"\n", `x.toml:6: sme.component = "yes": must be true or false; write true`},
		{"unknown key", ok + two + "techology = 0.5\n", `x.toml:6: sme.techology: unknown key; did you mean technology?`},
		{"key like nothing", ok + two + "boss = 1\n", `x.toml:6: sme.boss: unknown key; there are component, experience, hours, name, niche, rhythm, technology, ties`},
		{"niche of one", ok + two + "niche = [1]\n", `x.toml:6: sme.niche = [1]: must be two numbers within -2..2; for example [0.3, -0.2]`},
		{"niche too far", ok + two + "niche = [1, 2.5]\n", `x.toml:6: sme.niche = [1, 2.5]: must be two numbers within -2..2`},
		{"tie with nobody", ok + two + "ties = [\"Yard\",\n\n\"Yerd\"]\n", `x.toml:8: sme.ties = "Yerd": not a listed SME; did you mean Yard?`},
		{"tie with itself", ok + two + "ties = [\"Hull\"]\n", `x.toml:6: sme.ties = "Hull": an SME has no tie with itself`},
		{"ties as text", ok + two + "ties = \"Yard\"\n", `x.toml:6: sme.ties = "Yard": must be a list of names of listed SMEs; for example ["Yard"]`},
		{"inline", ok + "sme = [{ name = \"A\" },\n { name = \"B\", hours = 99 }]\n", `x.toml:3: sme.hours = 99: must be within 0..60 h/week`},
		{"market", ok + "[[market]]\nname = \"A\"\ndistance = 2\n", `x.toml:4: market.distance = 2: must be within 0..1; write 2 % as 0.02`},
	} {
		t.Run(c.what, func(t *testing.T) { expect(t, c.src, c.want) })
	}
}

// What is not TOML, or not to be read at all.
func TestSyntaxIsExplained(t *testing.T) {
	for _, c := range []struct{ what, src, want string }{
		{"decimal comma", ok + "group.focus = 0,5\n", `x.toml:2: not valid TOML: expected a top-level item to end with a newline, comment, or EOF, but got ',' instead; decimals are written with a point: 0.5`},
		{"percent", ok + "group.focus = 50%\n", `x.toml:2: not valid TOML: expected a top-level item to end with a newline, comment, or EOF, but got '%' instead; write 50 % as 0.5`},
		{"text without quotes", "name = food\n", `x.toml:1: not valid TOML: expected value but found "food" instead; text goes in double quotes`},
		{"no equals sign", ok + "group.focus 0.5\n", `x.toml:2: not valid TOML: expected '.' or '=', but got '0' instead; a line reads key = value, or [table]`},
		{"open quotation mark", "name = \"food\ntitle = \"A\"\n", `x.toml:1: not valid TOML: strings cannot contain newlines; the closing quotation mark is missing`},
		{"truth in capitals", ok + "group.open = True\n", `x.toml:2: not valid TOML: expected value but found "True" instead; write true; text goes in double quotes`},
		{"truth as YAML has it", ok + "group.open = yes\n", `x.toml:2: not valid TOML: expected value but found "yes" instead; write true; text goes in double quotes`},
		{"falsehood as YAML has it", ok + "group.open = no\n", `x.toml:2: not valid TOML: expected value but found "no" instead; write false; text goes in double quotes`},
		{"falsehood in capitals", ok + "group.open = FALSE # closed\n", `x.toml:2: not valid TOML: expected value but found "FALSE" instead; write false; text goes in double quotes`},
		{"list that is a table too", ok + "group = []\ngroup.size = 4\n", "x.toml:2: group = []: must be one table; write [group], with its keys in the lines below\nx.toml:3: group: cannot be a table: line 2 gives it a value; keep one of the two"},
		{"list that is a table further down", ok + "group = []\n[group]\nsize = 4\n", `x.toml:3: group: cannot be a table: line 2 gives it a value; keep one of the two`},
		{"list that is given twice", ok + "sme = []\n[[sme]]\nname = \"A\"\n", `x.toml:3: sme: cannot be a table: line 2 gives it a value; keep one of the two`},
		{"number that is a table too", ok + "group.size = 4\ngroup.size.x = 4\n", `x.toml:3: group.size: cannot be a table: line 2 gives it a value; keep one of the two`},
		{"key twice", ok + "[group]\nsize = 4\nfocus = 0.1\nsize = 5\n", `x.toml:5: group.size: given twice; it is in line 3 already`},
		{"key twice in the second SME", ok + two + "hours = 5\nhours = 6\n", `x.toml:7: sme.hours: given twice; it is in line 6 already`},
		{"table twice", ok + "[group]\nsize = 4\n[goals]\n[group]\n", `x.toml:5: group: given twice; it is in line 2 already`},
		{"NUL", "n\x00a\x00m\x00e\x00", `x.toml:1: not valid TOML: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8; save the file as UTF-8 text`},
		{"Latin-1", ok + "title = \"J\xe4rvi\"\n", `x.toml:2: not valid TOML: invalid UTF-8 byte: 0xe4; save the file as UTF-8 text`},
		{"deep lists", ok + "a = " + strings.Repeat("[", 30000), `x.toml:2: cannot be read: lists nested too deeply`},
		{"deep keys", ok + strings.Repeat("a.", 30000) + "a = 1", `x.toml:2: cannot be read: keys nested too deeply`},
		{"deep tables", ok + "[" + strings.Repeat("a.", 8) + "a]", `x.toml:2: cannot be read: keys nested too deeply`},
		{"long key", ok + strings.Repeat("a", 60000) + " = 1", `x.toml:2: cannot be read: a key of more than 64 bytes`},
		{"tables without end", ok + "a = " + strings.Repeat("{a=", 9000) + "?", `x.toml:2: not valid TOML: unexpected character U+003F '?' at start of value`},
		{"tables without any end", ok + "a = " + strings.Repeat("{a=", 20000), `x.toml:2: cannot be read: lists nested too deeply`},
		{"escape in a long text", ok + "description = \"\"\"\n\\q\n\n\"\"\"\n", `x.toml:3: not valid TOML: invalid escape in string '\q'`},
		{"UTF-16 mark and CRLF", "\xfe\xff" + "name = \"ok\"\r\n\r\n[group]\r\nsise = 4\r\n", `x.toml:4: group.sise: unknown key; did you mean group.size?`},
		{"large", ok + strings.Repeat("\n", mostBytes), `x.toml: the file is larger than 64 kB, the most that is read`},
	} {
		t.Run(c.what, func(t *testing.T) { expect(t, c.src, c.want) })
	}
}

func TestAllProblemsComeAtOnceInTheOrderOfLines(t *testing.T) {
	expect(t, "title = 4\n[goals]\nsales = 2\n[group]\nsise = 4\nfocus = 1.5\n[project]\nyears = 0\n", strings.Join([]string{
		`x.toml:1: name: missing; every scenario has one, for example name = "our-group"`,
		`x.toml:1: title = 4: must be text in quotation marks`,
		`x.toml:3: goals.sales = 2: must be within 0..1; write 2 % as 0.02`,
		`x.toml:5: group.sise: unknown key; did you mean group.size?`,
		`x.toml:6: group.focus = 1.5: must be within 0..1`,
		`x.toml:8: project.years = 0: must be within 0.25..10 years`,
	}, "\n"))
}

// What is no TOML does not hide what else is wrong, and nothing contradicts it.
func TestSyntaxErrorsComeWithTheOthers(t *testing.T) {
	expect(t, "name = food\n[group]\nsize = four\nsuppliers = 9\nsise = 4\nfocus = 0,5\r\nopen = yes\nopen = true\nexperience = 1.4\n"+
		"[[sme]]\nname = Yard\ntechnology = 2\n[[sme]]\nname = \"Hull\"\n", strings.Join([]string{
		`x.toml:1: not valid TOML: expected value but found "food" instead; text goes in double quotes`,
		`x.toml:3: not valid TOML: expected value but found "four" instead; text goes in double quotes`,
		`x.toml:5: group.sise: unknown key; did you mean group.size?`,
		`x.toml:6: not valid TOML: expected a top-level item to end with a newline, comment, or EOF, but got ',' instead; decimals are written with a point: 0.5`,
		`x.toml:7: not valid TOML: expected value but found "yes" instead; write true; text goes in double quotes`,
		`x.toml:8: group.open: given twice; it is in line 7 already`,
		`x.toml:9: group.experience = 1.4: must be within 0..1`,
		`x.toml:11: not valid TOML: expected value but found "Yard" instead; text goes in double quotes`,
		`x.toml:12: sme.technology = 2: must be within 0..1; write 2 % as 0.02`,
	}, "\n"))
	// Where the rest cannot be read without the line, it stands alone.
	expect(t, ok+"[group\nsise = 4\n", `x.toml:3: not valid TOML: expected '.' or ']' to end table name, but got '\n' instead; names of tables are letters, digits, - and _`)
	expect(t, ok+"group.mix = [0.2; 0.3,\n 0.5]\n", `x.toml:2: not valid TOML: expected a comma (',') or array terminator (']'), but got ';'; a list reads [1, 2, 3]`)
	// What looks like the mark of a line passed over is a value like any other.
	expect(t, ok+"group.size = \"\\u0007no TOML\"\n", `x.toml:2: group.size = "\u0007no TOML": must be a whole number within 2..12 SMEs`)
	// The scenario below is not known: nothing is said about what may contradict it.
	expect(t, ok+"extends = base\n[group]\nsuppliers = 5\n", `x.toml:2: not valid TOML: expected value but found "base" instead; text goes in double quotes`)
}

// A name is the same however its letters were put together.
func TestNamesAreComposed(t *testing.T) {
	const composed, apart = "Ryhm\u00e4", "Ryhma\u0308"
	expect(t, ok+"[[sme]]\nname = \""+composed+"\"\n[[sme]]\nname = \""+apart+"\"\n", `x.toml:5: sme.name = "Ryhma`+"\u0308"+`": names must differ: line 3 has it already`)
	s, err := Parse("x.toml", []byte(ok+"group.hub = \""+apart+"\"\n[[sme]]\nname = \""+composed+"\"\n[[sme]]\nname = \"B\"\nties = [\""+apart+"\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if s.Params.Hub != 0 || len(s.Params.ListedSMEs[1].Ties) != 1 || s.Params.ListedSMEs[1].Ties[0] != 0 {
		t.Errorf("hub %d, ties %v", s.Params.Hub, s.Params.ListedSMEs[1].Ties)
	}
	other, err := Parse("x.toml", []byte(ok+"[[sme]]\nname = \""+apart+"\"\n[[sme]]\nname = \"B\"\n"))
	if err != nil || other.Params.SMEName(0) != composed {
		t.Errorf("%q, %v", other.Params.SMEName(0), err)
	}
}

// A value that is wrong is not known, so that nothing can contradict it.
func TestWrongValuesDoNotContradict(t *testing.T) {
	expect(t, ok+"[group]\nsize = 99\nsuppliers = 9\n", `x.toml:3: group.size = 99: must be a whole number within 2..12 SMEs`)
	expect(t, ok+"group.size = 3\n"+two+"hours = 99\n", `x.toml:7: sme.hours = 99: must be within 0..60 h/week`)
}

func TestLongListsOfProblemsAreCut(t *testing.T) {
	_, err := Parse("x.toml", []byte(ok+strings.Repeat("x", 1)+"1 = 1\n"+manyKeys(2000)))
	ps := err.(Problems)
	if len(ps) != mostProblems+1 || ps[mostProblems].String() != "x.toml: and 1951 more problems" {
		t.Errorf("%d problems, the last %s", len(ps), ps[len(ps)-1])
	}
}

const (
	ok  = "name = \"ok\"\n"
	two = "[[sme]]\nname = \"Yard\"\n[[sme]]\nname = \"Hull\"\n"
)

func marketsNamed(letters string) string {
	var b strings.Builder
	for _, l := range letters {
		b.WriteString("[[market]]\nname = \"" + string(l) + "\"\n")
	}
	return b.String()
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("a" + strings.Repeat("b", i%20) + "_" + number(float64(i)) + " = 1\n")
	}
	return b.String()
}

func expect(t *testing.T, src, want string) {
	t.Helper()
	s, err := Parse("x.toml", []byte(src))
	switch {
	case err == nil:
		t.Errorf("accepted as %s, want\n%s", s.Name, want)
	case err.Error() != want:
		t.Errorf("got\n%s\nwant\n%s", err, want)
	}
}
