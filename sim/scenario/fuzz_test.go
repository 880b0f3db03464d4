package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"epgsim/sim"
)

// hostile are inputs that a reader may stumble over.
func hostile() map[string]string {
	long := strings.Repeat("a", 60000)
	return map[string]string{
		"nan":                 ok + "group.focus = nan\ngroup.mix = [nan, inf, -inf]\n",
		"minus zero":          ok + "group.focus = -0.0\n",
		"mix":                 ok + "group.mix = [0.1, 0.2, 0.7000000000001]\n",
		"wrong mix":           ok + "group.mix = [1e308, 1e308, 1]\n",
		"underscores":         ok + "group.size = 1_0\nmanager.hours = 0x1F\n",
		"huge list":           ok + "sme = [" + strings.Repeat("{},", 15000) + "]\n",
		"huge mix":            ok + "group.mix = [" + strings.Repeat("1,", 30000) + "]\n",
		"many SMEs":           ok + strings.Repeat("[[sme]]\n", 7000),
		"many unknown SMEs":   ok + strings.Repeat("[[sme]]\na=1\n", 5000),
		"many ties":           ok + two + "ties = [" + strings.Repeat("\"Yart\",", 9000) + "]\n",
		"many off":            ok + "mechanisms_off = [" + strings.Repeat("\"practise\",", 6000) + "]\n",
		"many keys":           ok + manyKeys(3000),
		"many group keys":     ok + "[group]\n" + manyKeys(3000),
		"many dotted keys":    ok + strings.Repeat(strings.Repeat("a.", 7), 1) + "a=1\n" + manyKeys(2000),
		"many long paths":     ok + "[" + strings.Repeat(long[:64]+".", 6) + "a]\n" + manyKeys(3000),
		"long path of tables": ok + longTables(),
		"deep lists":          ok + "a = " + strings.Repeat("[", 32000) + strings.Repeat("]", 32000),
		"deep tables":         ok + "a = " + strings.Repeat("{a=", 21000),
		"tables open":         ok + "a = " + strings.Repeat("{a=", 9000) + "?",
		"long tables open":    ok + "a = " + strings.Repeat("{a.a.a=", 3000) + "?",
		"keys and no end":     ok + strings.Repeat("a.", 4000) + "a = {" + strings.Repeat("b=1,", 10000),
		"keys, lone cr":       ok + "[" + strings.Repeat("a.", 4000) + "a]\r" + strings.Repeat("a=1\r", 10000),
		"keys and another":    ok + strings.Repeat("a.", 16000) + "a = 1?\n" + strings.Repeat("a.", 16000) + "a = 1",
		"text without end":    ok + "description = \"\"\"\n" + strings.Repeat("One. { Two. ", 4000),
		"deep keys":           ok + strings.Repeat("a.", 32000) + "a = 1",
		"deep header":         ok + "[" + strings.Repeat("a.", 32000) + "a]",
		"long key":            ok + long + " = 1\n",
		"long quoted key":     ok + "\"" + long + "\" = 1\n",
		"long text":           ok + "description = \"" + long + "\"\n",
		"long hub":            ok + "group.hub = \"" + long + "\"\n" + two,
		"long number":         ok + "group.focus = 0." + strings.Repeat("1", 60000) + "\n",
		"long integer":        ok + "group.size = " + strings.Repeat("1", 60000) + "\n",
		"long comment":        ok + "#" + long,
		"many line ends":      ok + strings.Repeat("\r\n", 30000),
		"duplicate":           ok + "[group]\nsize = 3\nsize = 4\n",
		"duplicate table":     ok + "[group]\n[group]\n",
		"list over table":     ok + "sme = []\n[[sme]]\n",
		"wrong types":         ok + "group = 1\nsme = 2\nmarket = {}\ntitle = []\nextends = 1979-05-27\n",
		"dates":               ok + "group.focus = 1979-05-27T07:32:00Z\ngroup.size = 07:32:00\nproject.years = 1979-05-27\n",
		"mixed list":          ok + "mechanisms_off = [1, \"practice\", [], {}, 1979-05-27]\n",
		"circle":              ok + "extends = \"x.toml\"\n",
		"circle of two":       ok + "extends = \"other\"\n",
		"extends":             ok + "extends = \"boat-building-system\"\ngroup.size = 6\n",
		"new list":            ok + "extends = \"boat-building-system\"\n" + two,
		"no list":             ok + "extends = \"boat-building-system\"\nsme = []\n",
		"bom":                 "\ufeff" + ok,
		"UTF-16 mark":         "\xfe\xff" + ok,
		"its other mark":      "\xff\xfe" + ok,
		"UTF-16":              "\xff\xfen\x00a\x00",
		"crlf":                "name = \"ok\"\r\n[group]\r\nsize = 4\r\n",
		"lone cr":             "name = \"ok\"\rgroup.size = 4\r",
		"nul":                 ok + "title = \"a\x00b\"\n",
		"invalid UTF-8":       ok + "title = \"\xff\xfe\"\n",
		"escapes":             ok + "title = \"\\u00e9\\U0001F600\\x41\\e\"\n\"gro\\u0075p\".size = 4\n",
		"keys of all sorts":   ok + "'group'.\"size\" = 4\n\"\" = 1\n'a.b' = 2\n\"group.size\" = 3\n",
		"inline":              ok + "group = { size = 3, suppliers = 2, mix = [0.5, 0.5,\n 0] }\n",
		"inline SMEs":         ok + "sme = [{ name = \"A\", niche = [0, 1] }, { name = \"B\", ties = [\"A\"] }]\n",
		"long strings":        "name = '''ok'''\ndescription = \"\"\"\none \\\n   two\"\"\"\"\"\n",
		"hub":                 ok + "group.hub = \"Hull\"\n" + two + "ties = [\"Yard\"]\ncomponent = true\n[[market]]\nname = \"\\\"\"\n",
		"off":                 ok + "mechanisms_off = [\"fairness\", \"practice\", \"satiation\"]\n",
		"suppliers":           ok + "group.size = 2\ngroup.partners = 1\n",
	}
}

// longTables is a file of many tables with long names.
func longTables() string {
	var b strings.Builder
	for i := range 120 {
		fmt.Fprintf(&b, "[%s%d]\na = 1\n", strings.Repeat(strings.Repeat("b", 60)+".", 7), i)
	}
	return b.String()
}

func fuzzFiles() resolver {
	return files(map[string]string{"x.toml": ok + "extends = \"x.toml\"\n", "other": ok + "extends = \"x.toml\"\n"})
}

// inWords makes sure that an error is a list of problems, each of which is one
// line that says what is allowed and, of a file with the text src, where.
func inWords(t testing.TB, err error, file string, src []byte) {
	var ps Problems
	if !errors.As(err, &ps) || len(ps) == 0 {
		t.Fatalf("not a list of problems: %v", err)
	}
	for _, p := range ps {
		if text := p.String(); p.Allowed == "" || p.File == "" || strings.ContainsAny(text, "\n\r\x00\x1b") || len(text) > 2000 {
			t.Fatalf("not a message: %q", text)
		}
		if p.File == file && p.Line > 1+strings.Count(string(src), "\n") {
			t.Fatalf("no such line: %s", p)
		}
	}
}

// sound: whatever the input, there is either an error that says what is wrong or
// a scenario that the model takes and that survives being written and read.
func sound(t testing.TB, src []byte) {
	s, err := parse("x.toml", src, fuzzFiles())
	if err != nil {
		if s != nil {
			t.Fatalf("scenario %v with error %v", s, err)
		}
		inWords(t, err, "x.toml", src)
		return
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	possible(t, s)
}

// possible: the model takes the scenario, which survives being written and read.
func possible(t testing.TB, s *Scenario) {
	for i := range sim.Table {
		if q := &sim.Table[i]; !q.Valid(q.In(&s.Params)) {
			t.Fatalf("%s = %g", q.Name, q.In(&s.Params))
		}
	}
	w := s.Params.Weights()
	if w[0]+w[1]+w[2] != 1 || min(w[0], w[1], w[2]) < 0 {
		t.Fatalf("weights %v", w)
	}
	if s.Params.Hub >= len(s.Params.ListedSMEs) || s.Params.Size() > sim.MaxSMEs || s.Params.MarketCount() > sim.MaxMarkets {
		t.Fatalf("hub %d, size %d, markets %d", s.Params.Hub, s.Params.Size(), s.Params.MarketCount())
	}
	roundTrip(t, s)
}

// Whatever document the library reads, the locator reads to its end too.
func located(t testing.TB, src []byte) {
	if len(src) > mostBytes {
		return
	}
	pl, _, wrong := locate(src)
	if wrong != nil {
		return
	}
	doc, err := unmarshal(string(src))
	if err != nil {
		return
	}
	var find func(path string, v any)
	find = func(path string, v any) {
		if _, ok := pl.first[path]; !ok && path != "" {
			t.Fatalf("%s was not found in\n%q", path, src)
		}
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				find(join(path, k), e)
			}
		case []map[string]any:
			for i, e := range v {
				find(element(path, i), e)
			}
		case []any:
			for i, e := range v {
				find(element(path, i), e)
			}
		}
	}
	find("", doc)
}

func FuzzParse(f *testing.F) {
	for _, src := range hostile() {
		if len(src) < 1000 { // the long ones are in TestHostileInputIsCheap, and slow the fuzzer down
			f.Add([]byte(src))
		}
	}
	f.Add(Template())
	f.Fuzz(func(t *testing.T, src []byte) {
		sound(t, src)
		located(t, src)
	})
}

// FuzzSet: a setting of the command line, or of the page, is either refused in
// words and changes nothing, or makes a scenario that is possible or refused in
// words.
func FuzzSet(f *testing.F) {
	var from []*Scenario
	for _, name := range []string{"base", "boat-building-system"} { // generated, and listed one by one
		s, err := Load(name)
		if err != nil {
			f.Fatal(err)
		}
		from = append(from, s)
	}
	for i := range sim.Table {
		f.Add(sim.Table[i].Name, number(sim.Table[i].High))
	}
	for _, c := range [][2]string{{keyMix, "[0.2, 0.3,0.5]"}, {keyMix, "nan,inf,-inf"}, {keyHub, "Yard"}, {keyOff, "practice, rivalry"}, {keyOff, ","}, {keySME, "[]"},
		{"group.sise", "4"}, {"", ""}, {"group.size", "0x1p3"}, {"group.size", "1_0"}, {"group.focus", "-0"}, {"group.focus", "40 %"}, {"project.years", "1e309"}, {"group.open", "\x1b[2J"}} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, key, value string) {
		for _, was := range from {
			s := was.Clone()
			if err := s.Set(key, value); err != nil {
				inWords(t, err, commandLine, nil)
				if !bytes.Equal(s.TOML(), was.TOML()) {
					t.Fatalf("refused, and yet set:\n%s", s.TOML())
				}
				continue
			}
			if err := s.Check(); err != nil {
				inWords(t, err, commandLine, nil)
				continue
			}
			possible(t, s)
		}
	})
}

// No input of the size that is let in takes more than a moment or more than a
// little memory.
func TestHostileInputIsCheap(t *testing.T) {
	cheap(t, hostile(), func(t testing.TB, src []byte) {
		sound(t, src)
		located(t, src)
	})
}

// cheap checks each input, and that this takes no more than a moment and no
// more than a little memory.
func cheap(t *testing.T, inputs map[string]string, check func(testing.TB, []byte)) {
	for name, src := range inputs {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			check(t, []byte(src))
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			for again := 0; again < 3 && took > time.Second; again++ { // others may have had the processor
				start = time.Now()
				check(t, []byte(src))
				took = min(took, time.Since(start))
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; took > time.Second || mb > 100 {
				t.Errorf("%d bytes took %v and %d MB", len(src), took, mb)
			} else if mb > 20 || took > 100*time.Millisecond {
				t.Logf("%d bytes took %v and %d MB", len(src), took, mb)
			}
		})
	}
}
