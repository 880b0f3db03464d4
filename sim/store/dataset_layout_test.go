package store

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Parts cover every run once, in order, and can be told by their names; a part
// of fewer replications is superseded or still one.
func TestLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) int { return rapid.IntRange(1, 25).Draw(t, name) }
		l := Layout{n("rows"), n("replications"), n("rows a part"), n("block")}
		seen := map[[2]int]bool{}
		for k := range l.Parts() {
			p := l.Part(k)
			if back, ok := parsePart(p.Name()); !ok || back != p {
				t.Fatalf("%s reads back as %v", p.Name(), back)
			}
			if at, ok := l.index(p); !ok || at != k {
				t.Fatalf("part %d is found at %d", k, at)
			}
			for row := range p.Rows {
				for r := range p.Replications {
					seen[[2]int{p.FirstRow + row, p.FirstReplication + r}] = true
				}
			}
		}
		runs := 0
		for k := range l.Parts() {
			runs += l.Part(k).Runs()
		}
		if len(seen) != l.Runs() || runs != l.Runs() {
			t.Fatalf("%v: %d runs in parts, %d of them different", l, runs, len(seen))
		}
		before := l
		before.Replications = n("fewer")
		if before.Replications >= l.Replications {
			return
		}
		for k := range before.Parts() {
			p := before.Part(k)
			if _, now := l.index(p); now == l.supersedes(p) {
				t.Fatalf("%v, before %v: part %v is one: %v", l, before, p, now)
			}
		}
	})
}

func TestParseShard(t *testing.T) {
	for text, want := range map[string]Shard{"1/1": {1, 1}, "3/8": {3, 8}, "8/8": {8, 8}} {
		if got, err := ParseShard(text); got != want || err != nil {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "3", "0/8", "9/8", "-1/8", "1/0", "0/0", "a/b", "1/2/3", "/"} {
		if s, err := ParseShard(text); err == nil || !strings.Contains(err.Error(), "i/n") {
			t.Errorf("%q: %v, %v", text, s, err)
		}
	}
}
