package store

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A manifest that was changed anywhere says so, and one of an earlier version,
// without a hash of its own, does not.
func TestManifestKnowsItself(t *testing.T) {
	path := t.TempDir()
	fill(t, mustCreate(t, path, false), "v")
	name := filepath.Join(path, ManifestName)
	was := tree(t, path)[ManifestName]
	for at := strings.Index(was, `"status"`); at < len(was); at++ {
		if key := strings.Index(was, `self_sha256": "`); was[at] < '0' || was[at] > '8' || at > key && at < key+len("self_sha256") {
			continue
		}
		write(t, name, was[:at]+string(was[at]+1)+was[at+1:])
		m, err := ReadManifest(path)
		if err != nil {
			continue // not a number any more, or a date that is none
		}
		if found, err := m.Verify(t.Context(), path); err != nil || len(found) == 0 || found[0] != (Mismatch{ManifestName, hasChanged}) {
			t.Errorf("byte %d, %q: %v", at, was[max(0, at-20):at+1], found)
		}
	}
	line := was[strings.LastIndex(was, ",\n"):strings.LastIndex(was, "\n}")]
	if !strings.Contains(line, "self_sha256") {
		t.Fatalf("the last line is %q", line)
	}
	write(t, name, strings.Replace(was, line, "", 1))
	m, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := m.Verify(t.Context(), path); err != nil || len(found) > 0 {
		t.Errorf("without a hash of its own: %v, %v", found, err)
	}
}

func TestOthers(t *testing.T) {
	path := t.TempDir()
	fill(t, mustCreate(t, path, false), "v")
	m, err := ReadManifest(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"figures/mine.svg", "notes.txt"} {
		if others, err := m.Others(path); err != nil || slices.Contains(others, name) {
			t.Errorf("%s: %v, %v", name, others, err)
		}
		write(t, filepath.Join(path, name), "mine")
		if others, err := m.Others(path); err != nil || !slices.Contains(others, name) {
			t.Errorf("%s: %v, %v", name, others, err)
		}
	}
}

// What has been done to a data set is found: to its manifest, by taking files
// away from it, by putting files among the parts.
func TestVerifyDataset(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 2, all, Shard{})
	finds := func(want string) {
		t.Helper()
		found, complete, err := VerifyDataset(context.Background(), path)
		if err != nil || !complete || !slices.ContainsFunc(found, func(m Mismatch) bool { return strings.HasPrefix(m.String(), want) }) {
			t.Errorf("%s: %v, %v", want, found, err)
		}
	}
	name := filepath.Join(path, ManifestName)
	was := tree(t, path)[ManifestName]
	self := was[strings.Index(was, `"self_sha256": "`)+len(`"self_sha256": "`):][:64]
	for _, c := range [][3]string{
		{`"rows": 7`, `"rows": 8`, ManifestName + " " + hasChanged},
		{`"path": "design.toml"`, `"path": "sign.toml"`, "design.toml is not listed in " + ManifestName},
	} {
		for _, hidden := range []string{self, ""} { // with its own hash, and without one
			now := strings.Replace(strings.Replace(was, c[0], c[1], -1), self, hidden, 1)
			write(t, name, now)
			finds(c[2])
		}
	}
	write(t, name, was)
	if found, complete, err := VerifyDataset(context.Background(), path); err != nil || !complete || len(found) > 0 {
		t.Errorf("as it was: %v, %v", found, err)
	}
	write(t, filepath.Join(path, "parts", "more.parquet"), "x")
	finds("parts/more.parquet is none of the data set's files, and would be read as one")
}

// What is too much to be told is said to be more.
func TestTell(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, mostTold: mostTold, mostTold + 1: mostTold + 1, 5 * mostTold: mostTold + 1} {
		var got []Mismatch
		for range n {
			got = tell(got, Mismatch{"x", isMissing})
		}
		if len(got) != want || n > mostTold && !strings.Contains(got[mostTold].Problem, "more files") {
			t.Errorf("of %d are told %d", n, len(got))
		}
	}
}

// A head that claims many parts does not make anybody list them all.
func TestHeadThatClaimsTooMuch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	mustSweep(t, path, 2, all, Shard{})
	name := filepath.Join(path, HeadName)
	was := tree(t, path)[HeadName]
	now := strings.Replace(was, `"rows": 7`, `"rows": 100000`, 1)
	if now == was {
		t.Fatal("the head has no such row")
	}
	write(t, name, now)
	s, err := ReadStatus(t.Context(), path, 1)
	if err != nil || s.Done != 0 || s.Missing[0] != 33334 || len(s.Warnings) != 2 {
		t.Errorf("status: %d done, missing %v, warnings %v, %v", s.Done, s.Missing, s.Warnings, err)
	}
	found, _, err := VerifyDataset(t.Context(), path)
	if err != nil || len(found) < mostTold || len(found) > mostTold+10 || !slices.ContainsFunc(found, func(m Mismatch) bool { return strings.Contains(m.Problem, "more files") }) {
		t.Errorf("%d differences are told, %v", len(found), err)
	}
	if err := os.Remove(filepath.Join(path, ManifestName)); err != nil {
		t.Fatal(err)
	}
	found, complete, err := VerifyDataset(t.Context(), path)
	if err != nil || complete || len(found) != 4 { // two parts of another head, and of two tables the last, which is shorter
		t.Errorf("without manifest: %v, %v", found, err)
	}
}
