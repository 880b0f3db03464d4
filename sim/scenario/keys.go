package scenario

import (
	"cmp"
	"fmt"
	"slices"
)

// entry is a key that a table may have, and what takes the value at its path; nil where
// that is read later, when all else is known.
type entry struct {
	key  string
	take func(path string, v any)
}

// top gives every key of a file to what takes it, and returns what the file says of
// itself. kind is what the file is, example a name for it.
func (r *reader) top(doc map[string]any, kind, example string, entries ...entry) Head {
	r.kind = kind
	r.keys("", doc, append([]entry{{keyName, r.readHead}, {keyTitle, r.readHead}, {keyDescription, r.readHead}}, entries...)...)
	r.needs("", doc, keyName, fmt.Sprintf(`every %s has one, for example name = %q`, kind, example))
	r.Title = cmp.Or(r.Title, r.Name)
	return r.Head
}

// keys gives every key of the table at a path, "" for the whole file, to what takes it,
// and refuses the others.
func (r *reader) keys(path string, t map[string]any, entries ...entry) {
	for _, key := range sorted(t) {
		k := slices.IndexFunc(entries, func(e entry) bool { return e.key == key })
		switch {
		case k < 0:
			r.stranger(path, key, t[key], texts(entries, func(e entry) string { return e.key }))
		case entries[k].take != nil:
			entries[k].take(join(path, key), t[key])
		}
	}
}

// stranger refuses a key of the table at a path that is none of those it may have.
func (r *reader) stranger(path, key string, v any, keys []string) {
	_, table := v.(map[string]any)
	switch {
	case path != "":
		r.problem(join(path, key), nil, "unknown key", r.nearOrAll(key, keys))
	case slices.Contains(r.sections, key):
		r.problem(key, nil, "is the scenario's, not the "+r.kind+"'s", "write it under [set]: set."+key)
	case table:
		r.problem(join("", key), nil, "unknown table", r.near(key, keys))
	default:
		r.problem(join("", key), nil, "unknown key", r.near(key, keys))
	}
}

// needs refuses the table at a path without a key, unless its line has been refused.
func (r *reader) needs(path string, t map[string]any, key, hint string) {
	if at := join(path, key); t[key] == nil && !r.bad[at] {
		r.problem(at, nil, "missing", hint)
	}
}

// noParameter is what is wrong with a name that no parameter has.
func (r *reader) noParameter(name string) (wrong, hint string) {
	return "not a parameter", cmp.Or(r.near(name, parameterNames()), "epgsim parameters lists them")
}

// once refuses a name that something else of the kind has.
func (r *reader) once(path, name, kind string, others []string) {
	if name != "" && slices.Contains(others, name) {
		r.problem(path, name, "is the name of another "+kind, "choose another")
	}
}

// list goes through the tables of a list that a file must have.
func (r *reader) list(doc map[string]any, key string, most int, needed string, take func(path string, t map[string]any)) {
	if r.needs("", doc, key, needed); doc[key] == nil {
		return
	}
	tables, _ := r.tables(key, doc[key], 1, most)
	for i, t := range tables {
		take(element(key, i), t)
	}
}
