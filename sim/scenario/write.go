package scenario

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"epgsim/sim"
)

// TOML writes the scenario fully resolved: every parameter with its value, so
// that it extends nothing and runs again to the same bytes. Parsing it gives
// equal parameters, and writing those the same text.
func (s *Scenario) TOML() []byte { return s.resolved(true) }

// writer writes lines of TOML, with or without comments.
type writer struct {
	b        strings.Builder
	comments bool
}

// line writes key = value and what the key means.
func (w *writer) line(key, value, meaning string) {
	text := key + " = " + value
	if w.comments && meaning != "" {
		pad := strings.Repeat(" ", max(0, 30-utf8.RuneCountInString(text)))
		text += pad + " # " + meaning
	}
	w.b.WriteString(text + "\n")
}

// head writes what a file says of itself.
func (w *writer) head(h Head) {
	w.line(keyName, quote(h.Name), "")
	w.line(keyTitle, quote(h.Title), "")
	w.line(keyDescription, quote(h.Description), "")
}

// hash is the SHA-256, in hex, of a text.
func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func (w *writer) hash() string { return hash([]byte(w.b.String())) }

func (w *writer) comment(text string) {
	if w.comments {
		w.b.WriteString("# " + text + "\n")
	}
}

func (s *Scenario) resolved(comments bool) []byte {
	w := &writer{comments: comments}
	w.comment("Resolved by epgsim: every parameter with the value that was run.")
	w.head(s.Head)
	w.line(keyOff, textList(s.Off), "parts of the model that are switched off")
	for _, section := range sections() {
		w.b.WriteString("\n[" + section + "]\n")
		for i := range sim.Table {
			if q := &sim.Table[i]; sectionOf(q.Name) == section {
				s.parameter(w, q)
			}
		}
	}
	s.smes(w)
	s.markets(w)
	return []byte(w.b.String())
}

// parameter writes one row of sim.Table. A focus beside a mix, and a default
// team larger than the group, would contradict when they are said: they are
// left as comments, which leaves the parameters what they are.
func (s *Scenario) parameter(w *writer, q *sim.Parameter) {
	_, key, _ := strings.Cut(q.Name, ".")
	v := q.In(&s.Params)
	_, said := s.said[q.Name]
	switch {
	case q.Name == keyFocus && s.Params.Mix != [3]float64{}:
		w.line("mix", mixText(s.Params.Mix), "weights of market, customer and system opportunities, instead of focus")
	case tooMany(q.Name, v, &s.Params) && !said:
		w.comment(key + ": the default of " + number(v) + ", or as many as the group has")
	default:
		w.line(key, value(q, v), meaning(q))
	}
	if q.Name == keyFocus && s.Params.Hub >= 0 {
		w.line("hub", quote(s.Params.SMEName(s.Params.Hub)), "the SME that leads system offers")
	}
}

// tooMany says whether a team is larger than the group.
func tooMany(key string, v float64, p *sim.Params) bool {
	return (key == "group.partners" || key == "group.suppliers") && v > float64(p.Size()-1)
}

// value writes a parameter's value as a file gives it.
func value(q *sim.Parameter, v float64) string {
	if q.Type == sim.Switch {
		return strconv.FormatBool(v != 0)
	}
	return number(v)
}

// meaning is a parameter's unit and meaning.
func meaning(q *sim.Parameter) string {
	if u := sim.UnitText(q.Unit); u != "" {
		return u + ": " + q.Doc
	}
	return q.Doc
}

func (s *Scenario) smes(w *writer) {
	for i := range s.Params.ListedSMEs {
		m := &s.Params.ListedSMEs[i]
		w.b.WriteString("\n[[sme]]\n")
		w.line("name", quote(m.Name), "")
		writeFields(w, m, smeFields())
		if !math.IsNaN(m.Niche[0]) && !math.IsNaN(m.Niche[1]) {
			w.line("niche", "["+number(m.Niche[0])+", "+number(m.Niche[1])+"]", "place among products and customers")
		}
		w.line("ties", textList(texts(m.Ties, s.Params.SMEName)), "has worked with before")
	}
}

func (s *Scenario) markets(w *writer) {
	for i := range s.Params.MarketSpecs {
		m := &s.Params.MarketSpecs[i]
		w.b.WriteString("\n[[market]]\n")
		w.line("name", quote(m.Name), "")
		writeFields(w, m, marketFields())
	}
}

// writeFields writes the numbers of a listed SME or market that are given.
func writeFields[T any](w *writer, from *T, fields []field[T]) {
	for _, f := range fields {
		if v := *f.at(from); !math.IsNaN(v) {
			w.line(f.key, value(f.like, v), sim.UnitText(f.like.Unit))
		}
	}
}

func textList(list []string) string {
	return "[" + strings.Join(texts(list, quote), ", ") + "]"
}

// quote writes s as a TOML string of one line.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
