package scenario

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pen writes random TOML documents in which the value of every key is the
// number of the line the key stands in, so that the TOML library itself says
// whether the locator is right.
type pen struct {
	t    *rapid.T
	b    strings.Builder
	line int
	n    int // keys so far, for names that differ
}

func (p *pen) write(s string) {
	p.b.WriteString(s)
	p.line += strings.Count(s, "\n")
}

func (p *pen) pick(options ...string) string { return rapid.SampledFrom(options).Draw(p.t, "style") }

// name invents a key that no other is equal to, bare or quoted, plain or not.
func (p *pen) name() string {
	p.n++
	n := strconv.Itoa(p.n)
	return p.pick("k"+n, "_-"+n, n, `"k `+n+`"`, `'a.b[0]`+n+`'`, `"é#=`+n+`"`, `"\u0041\"\\`+n+`"`, `"\x41\e`+n+`"`, `'\u0041`+n+`'`)
}

// noise writes what has no key in it but may look like it.
func (p *pen) noise() {
	p.write(p.pick("", "\n", "# a = 1\n", "\t# [x]\n", "\r\n", "   \n", "# \"\"\"\n", "#\r\n"))
}

// decoy writes a key whose value looks like a document of its own.
func (p *pen) decoy() {
	p.n++
	key := "decoy" + strconv.Itoa(p.n) + " = "
	p.write(key + p.pick(
		"\"\"\"\na = 1\n[b]\n\\\"\"\" c = 2\n\"\"\"\n",
		"\"\"\"x\\\n   y = \\u0041\n\"\"\"\"\"\n",
		"'''\n[[a]]\n\\'''\n",
		"'''a''''' # '''\n",
		"\"# no \\\" comment = [\"\n",
		"'\\' # = \"\n",
		"[ # ]\n \"]\", [1,\n2], [],\n]\n",
		"1979-05-27 07:32:00 # date\n",
		"[[[\"[\"]], '''\n''']\r\n",
		"-1.5e3\n",
		"{}\n",
		"{ # }\n}\n",
	))
}

// pair writes key = line, the key perhaps dotted.
func (p *pen) pair(end string) {
	key := p.name()
	for range rapid.IntRange(0, 2).Draw(p.t, "dots") {
		key += p.pick(".", " . ", "\t.") + p.name()
	}
	p.write(key + p.pick("=", " = ", "\t= ") + strconv.Itoa(p.line) + end)
}

// inline writes a table in braces, over several lines or not.
func (p *pen) inline(depth int) {
	p.write("{")
	for i := range rapid.IntRange(0, 3).Draw(p.t, "pairs") {
		if i > 0 {
			p.write(",")
		}
		p.write(p.pick("", " ", "\n", " # {\n", "\r\n\t"))
		p.nested(depth, p.name()+" = ")
		p.write(p.pick("", " ", "\n"))
	}
	p.write("}")
}

// list writes a list of numbers or of tables in braces.
func (p *pen) list(depth int) {
	p.write("[")
	for range rapid.IntRange(0, 3).Draw(p.t, "elements") {
		p.write(p.pick("", " ", "\n", " # ]\n"))
		p.nested(depth, "")
		p.write(p.pick(",", " ,", "\n,", ", # ,\n"))
	}
	p.write("]")
}

func (p *pen) nested(depth int, before string) {
	p.write(before)
	switch kind := rapid.IntRange(0, 5).Draw(p.t, "kind"); {
	case kind == 0 && depth < 2:
		p.inline(depth + 1)
	case kind == 1 && depth < 2:
		p.list(depth + 1)
	default:
		p.write(strconv.Itoa(p.line))
	}
}

// body writes the keys of one table.
func (p *pen) body() {
	for range rapid.IntRange(0, 4).Draw(p.t, "keys") {
		p.noise()
		switch rapid.IntRange(0, 4).Draw(p.t, "what") {
		case 0:
			p.decoy()
		case 1:
			p.nested(0, p.name()+" = ")
			p.write(p.pick("\n", " # x = 1\n", "\r\n"))
		default:
			p.pair(p.pick("\n", " # x = 1\n", "\r\n", " \t\n"))
		}
	}
	p.noise()
}

func (p *pen) document() string {
	p.line = 1
	p.write(p.pick("", "\ufeff"))
	p.body()
	lists := []string{}
	for range rapid.IntRange(0, 5).Draw(p.t, "tables") {
		kind := rapid.IntRange(0, 3).Draw(p.t, "table")
		switch {
		case kind == 0 || len(lists) == 0 && kind > 1:
			p.write(p.pick("[", " [ ") + p.name() + p.pick(".", " . ") + p.name() + p.pick("]", " ]\t# [") + "\n")
		case kind == 1:
			lists = append(lists, p.name())
			p.write("[[" + lists[len(lists)-1] + "]]\n")
		case kind == 2: // one more element of the list begun last
			p.write("[[ " + lists[len(lists)-1] + " ]] # x\n")
		default: // a list within the newest element
			lists = append(lists, lists[len(lists)-1]+"."+p.name())
			p.write("[[" + lists[len(lists)-1] + "]]\n")
		}
		p.body()
	}
	return p.b.String()
}

// lines checks that every number in a decoded document is the line of its key.
func lines(pl *places, path string, v any) error {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if err := lines(pl, join(path, k), e); err != nil {
				return err
			}
		}
	case []map[string]any:
		for i, e := range v {
			if err := lines(pl, element(path, i), e); err != nil {
				return err
			}
		}
	case []any:
		for i, e := range v {
			if err := lines(pl, element(path, i), e); err != nil {
				return err
			}
		}
	case int64:
		if strings.Contains(path, "decoy") {
			return nil
		}
		if got, ok := pl.first[path]; !ok || int64(got) != v {
			return fmt.Errorf("%s: found in line %d (%t), is in %d", path, got, ok, v)
		}
	}
	return nil
}

func TestEveryKeyIsFoundInItsLine(t *testing.T) {
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		p := &pen{t: t}
		src := p.document()
		doc, err := unmarshal(src)
		pl, _, wrong := locate([]byte(src))
		if err != nil {
			if wrong == nil && !strings.Contains(err.Error(), "already") {
				t.Fatalf("the pen writes no TOML: %v\n%s", err, src)
			}
			return
		}
		if wrong != nil {
			return
		}
		read++
		if err := lines(pl, "", doc); err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
	})
	t.Logf("%d documents read", read)
	if read < 20 {
		t.Errorf("only %d documents were read: the pen must write better ones", read)
	}
}

// Whatever the bytes, the locator comes to an end and finds only lines that
// the document has.
func TestLocateReadsAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{
			"[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\"", "'", `"""`, "'''", "\\", "\\u00", "a", "b1", " ", "\n", "\r", "#", "1", "\x00", "\xff", "é", "\ufeff",
		})).Draw(t, "parts")
		src := strings.Join(parts, "")
		pl, _, wrong := locate([]byte(src))
		last := 1 + strings.Count(src, "\n")
		if wrong != nil && (wrong.Line < 1 || wrong.Line > last) {
			t.Fatalf("%s of %d", wrong, last)
		}
		for path, n := range pl.first {
			if n < 1 || n > last {
				t.Fatalf("%q in line %d of %d", path, n, last)
			}
		}
	})
}
