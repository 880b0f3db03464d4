package scenario

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"epgsim/sim"
)

// Head is what every file says of itself.
type Head struct {
	Name, Title, Description string // Title is Name where the file gives none
}

// document is what one file says, before what it extends is looked at.
type document struct {
	Head
	extends  string
	settings settings
	bad      map[string]bool // keys with a problem of their own
	problems Problems
}

// reader reads one decoded file.
type reader struct {
	document
	file     string
	layer    int
	at       *places
	resolve  resolver // finds the scenarios that the file names
	under    string   // how paths in the file begin, where they are of a part of it
	kind     string   // what the file is, for messages
	sections []string
}

func newReader(file string, layer int, at *places, resolve resolver) *reader {
	return &reader{file: file, layer: layer, at: at, resolve: resolve, sections: sections(), document: document{settings: settings{}, bad: map[string]bool{}}}
}

// read takes a decoded file apart. Every key is either understood or a
// problem. In a broken one some lines are no TOML.
func read(file string, layer int, doc map[string]any, at *places, broken bool) document {
	r := newReader(file, layer, at, nil)
	if broken {
		r.passOver("", doc)
	}
	for _, key := range sorted(doc) {
		v := doc[key]
		switch key {
		case keyName, keyTitle, keyDescription:
			r.readHead(key, v)
		case keyExtends:
			r.extends = r.text(key, v, 500, false)
		case keySME:
			r.readSMEs(v)
		case keyMarket:
			r.readMarkets(v)
		default:
			r.section(key, v)
		}
	}
	r.needs("", doc, keyName, `every scenario has one, for example name = "our-group"`)
	r.Title = cmp.Or(r.Title, r.Name)
	r.exclusive()
	return r.document
}

// passOver takes the keys out whose values are no TOML, of which it has been told.
// They count as said wrongly, and so does what they are in.
func (r *reader) passOver(path string, v any) (found bool) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range sorted(v) {
			if v[k] == unread {
				delete(v, k)
				r.bad[shown(join(path, k))] = true
				found = true
			} else if r.passOver(join(path, k), v[k]) {
				found = true
			}
		}
	case []map[string]any:
		for i, e := range v {
			found = r.passOver(element(path, i), e) || found
		}
	}
	if found {
		r.bad[shown(path)] = true
	}
	return found
}

// problem notes what is wrong with the value at a path.
func (r *reader) problem(path string, v any, allowed, hint string) {
	p := Problem{File: r.file, Line: r.at.line(r.under + path), Key: shown(path), Given: given(v), Allowed: allowed, Hint: hint}
	r.bad[p.Key] = true
	r.problems = append(r.problems, p)
}

// near is didYouMean for the first problems of a file. Looking for the nearest
// of many names takes a while, and nobody reads the thousandth hint.
func (r *reader) near(word string, candidates []string) string {
	if len(r.problems) >= mostProblems {
		return ""
	}
	return didYouMean(word, candidates)
}

// nearOrAll is near that names all candidates if none is near.
func (r *reader) nearOrAll(word string, candidates []string) string {
	if len(r.problems) >= mostProblems {
		return ""
	}
	return nearOrAll(word, candidates)
}

func (r *reader) set(key string, v any) {
	r.settings[key] = setting{v, origin{r.file, r.at.line(r.under + key), r.layer}}
}

var elementNumber = regexp.MustCompile(`\[\d*\]`)

// shown is a path as people know it: without the numbers of list elements,
// which the line tells better, and cut to what a message can hold.
func shown(path string) string {
	return clip(elementNumber.ReplaceAllString(path, ""), 2*mostRunes)
}

// readHead takes the keys of a Head.
func (r *reader) readHead(key string, v any) {
	switch key {
	case keyName:
		r.readName(v)
	case keyTitle:
		r.Title = r.text(key, v, 120, false)
	case keyDescription:
		r.Description = r.text(key, v, 2000, true)
	}
}

var validName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)

// readName takes the scenario's name, which ends up in names of files.
func (r *reader) readName(v any) {
	s, ok := v.(string)
	if !ok || !validName.MatchString(s) {
		r.problem(keyName, v, "must be 1 to 60 of the characters a-z, 0-9 and -, beginning with a letter or digit", "")
		return
	}
	r.Name = s
}

// text takes a string of at most so many characters.
func (r *reader) text(key string, v any, most int, lines bool) string {
	s, ok := v.(string)
	if !ok {
		r.problem(key, v, "must be text in quotation marks", "")
		return ""
	}
	if n := utf8.RuneCountInString(s); n > most {
		r.problem(key, v, "must be text of at most "+strconv.Itoa(most)+" characters", "these are "+strconv.Itoa(n))
		return ""
	}
	for _, c := range s {
		if !unicode.IsGraphic(c) && !(lines && (c == '\n' || c == '\t' || c == '\r')) {
			r.problem(key, v, "must be text without control characters", "")
			return ""
		}
	}
	return s
}

// each goes through a list of at least so many different names. take says what is wrong
// with one of them, which is also given as it was found.
func (r *reader) each(path string, v any, least int, of, example string, take func(name string, e any) (wrong, hint string)) {
	list, ok := v.([]any)
	if !ok || len(list) < least {
		r.problem(path, v, "must be a list of "+of, "for example "+example)
		return
	}
	seen := map[string]bool{}
	for i, e := range list {
		name, _ := e.(string)
		name = norm.NFC.String(name)
		wrong, hint := take(name, e)
		if wrong == "" && seen[name] {
			wrong = "named twice"
		}
		if seen[name] = true; wrong != "" {
			r.problem(element(path, i), e, wrong, hint)
		}
	}
}

// readOff takes the mechanisms to switch off. They are kept in the order of
// sim.Mechanisms, so that files that mean the same have the same hash.
func (r *reader) readOff(v any) {
	var off []string
	r.each(keyOff, v, 0, "mechanisms", `["practice", "rivalry"]`, func(name string, e any) (wrong, hint string) {
		switch _, isText := e.(string); {
		case !isText:
			return "must be a list of mechanisms, each in quotation marks", ""
		case sim.MechanismNamed(name) == nil:
			return "not a mechanism that can be switched off", cmp.Or(r.near(name, mechanismNames()), "epgsim scenario new lists them")
		}
		off = append(off, name)
		return "", ""
	})
	if !r.bad[keyOff] {
		r.set(keyOff, slices.DeleteFunc(mechanismNames(), func(name string) bool { return !slices.Contains(off, name) }))
	}
}

func mechanismNames() []string {
	return texts(sim.Mechanisms, func(m sim.Mechanism) string { return m.Name })
}

// section takes what may be laid over a scenario that there is already: a table
// of parameters, [group] for example, or the mechanisms switched off.
func (r *reader) section(name string, v any) {
	if name == keyOff {
		r.readOff(v)
		return
	}
	if !slices.Contains(r.sections, name) {
		r.unknown(join("", name), v)
		return
	}
	table := r.table(name, v, "its keys")
	for _, k := range sorted(table) {
		r.setting(join(name, k), table[k])
	}
}

// table takes one table, nil if it is something else.
func (r *reader) table(name string, v any, keys string) map[string]any {
	table, ok := v.(map[string]any)
	if !ok {
		r.problem(name, v, "must be one table", "write ["+shown(name)+"], with "+keys+" in the lines below")
	}
	return table
}

// setting takes a key of a table of parameters.
func (r *reader) setting(key string, v any) {
	switch q := sim.Lookup(key); {
	case key == keyMix:
		r.readMix(v)
	case key == keyHub:
		if s, ok := v.(string); ok {
			r.set(keyHub, norm.NFC.String(s))
		} else {
			r.problem(keyHub, v, "must be the name of a listed SME, in quotation marks", "")
		}
	case q == nil:
		r.unknown(key, nil)
	default:
		if f, ok := r.number(key, q, v); ok {
			r.set(key, f)
		}
	}
}

func (r *reader) readMix(v any) {
	mix, wrong, hint := checkMix(v)
	if wrong != "" {
		r.problem(keyMix, v, wrong, hint)
		return
	}
	r.set(keyMix, mix)
}

// number takes a value that a parameter may have.
func (r *reader) number(path string, q *sim.Parameter, v any) (f float64, ok bool) {
	f, wrong, hint := check(q, v)
	if wrong != "" {
		r.problem(path, v, wrong, hint)
	}
	return f, wrong == ""
}

// unknown says what an unknown key or table was probably meant to be.
func (r *reader) unknown(path string, v any) {
	if _, ok := v.(map[string]any); ok {
		hint := r.near(path, append(slices.Clone(r.sections), keySME, keyMarket))
		r.problem(path, nil, "unknown table", hint)
		return
	}
	r.problem(path, nil, "unknown key", r.near(path, allKeys()))
}

// exclusive finds what contradicts within one file whatever lies below it and
// whatever the values are.
func (r *reader) exclusive() {
	mix, ok := r.at.first[r.under+keyMix]
	focus, both := r.at.first[r.under+keyFocus]
	if !ok || !both {
		return
	}
	key, other, line := keyMix, keyFocus, focus
	if focus > mix {
		key, other, line = keyFocus, keyMix, mix
	}
	r.problem(key, nil, "contradicts "+other+" in line "+strconv.Itoa(line), "both say what the group goes after: keep one")
}

// sections are the tables of parameters, in the order of sim.Table.
func sections() []string {
	var out []string
	for i := range sim.Table {
		if s := sectionOf(sim.Table[i].Name); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func sectionOf(key string) string {
	s, _, _ := strings.Cut(key, ".")
	return s
}

// allKeys are all keys of a scenario but those within lists.
func allKeys() []string {
	return append([]string{keyName, keyTitle, keyDescription, keyExtends, keyOff, keyMix, keyHub, keySME, keyMarket}, parameterNames()...)
}

func parameterNames() []string {
	return texts(sim.Table, func(q sim.Parameter) string { return q.Name })
}

// texts is a text for each element of a list.
func texts[T any](list []T, text func(T) string) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = text(e)
	}
	return out
}

func sorted(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
