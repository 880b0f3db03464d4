package teach

import (
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"epgsim/sim"
	"epgsim/sim/claims"
	"epgsim/sim/store"
)

var updateVerdicts = flag.Bool("update-verdicts", false, "test the claims of the chapters anew (a minute) and rewrite verdicts.json")

// modelAndClaims identifies what decides the verdicts: the experiments, and what
// the model comes to by its golden results, in the outcomes that experiments ask
// for and in the members' ledgers. A new outcome decides nothing.
func modelAndClaims(t *testing.T) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "sim")
	files := 0
	var all []byte
	err := filepath.WalkDir(filepath.Join(root, "claims"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			files++
			all = append(all, textOf(t, path)...)
		}
		return err
	})
	if err != nil || files < 5 {
		t.Fatal(err, files)
	}
	constants, _, _ := strings.Cut(textOf(t, filepath.Join(root, "outcome.go")), "\tNOutcomes\n")
	lines, o := 0, sim.Outcome(0)
	decides := map[string]bool{"ledgers": true}
	for _, m := range regexp.MustCompile(`(?m)^\t([A-Z]\w+)( Outcome = iota)?$`).FindAllStringSubmatch(constants, -1) {
		decides["outcome "+o.String()] = strings.Contains(string(all), "sim."+m[1])
		o++
	}
	for line := range strings.Lines(textOf(t, filepath.Join(root, "testdata", "golden.txt"))) {
		if m := regexp.MustCompile(`(outcome \S+|ledgers) `).FindStringSubmatch(line); m != nil && decides[m[1]] {
			all = append(all, line...)
			lines++
		}
	}
	if o != sim.NOutcomes || lines < 8*5 {
		t.Fatalf("%d outcomes, %d golden results", o, lines)
	}
	return store.Hash(all)[:32]
}

// textOf is the text of a file.
func textOf(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// judged tests claims by the plan that the ledger uses, and says which of the
// verdicts are borderline.
func judged(t *testing.T, ids []string) (told map[string]string, borderline []string) {
	t.Helper()
	cs, unknown := claims.Find(ids)
	if unknown != "" {
		t.Fatalf("no claim %s", unknown)
	}
	units := map[string]claims.Unit{}
	for _, name := range claims.Standard.Units() {
		u, err := claims.Standard.RunUnit(t.Context(), name, cs, nil)
		if err != nil {
			t.Fatal(err)
		}
		units[name] = u
	}
	told = map[string]string{}
	for _, r := range claims.Judge(cs, units) {
		told[r.Claim.ID] = string(r.Verdict)
		if r.Borderline() {
			borderline = append(borderline, r.Claim.ID)
		}
	}
	slices.Sort(borderline)
	return told, borderline
}

// statements are what claims say.
func statements(t *testing.T, ids []string) map[string]string {
	t.Helper()
	cs, unknown := claims.Find(ids)
	if unknown != "" {
		t.Fatalf("no claim %s", unknown)
	}
	said := map[string]string{}
	for _, c := range cs {
		said[c.ID] = c.Statement
	}
	return said
}

// named are the claims that the chapters name.
func named(t *testing.T) []string {
	t.Helper()
	text, err := embedded.ReadFile("page/chapters.json")
	if err != nil {
		t.Fatal(err)
	}
	ids := slices.Sorted(slices.Values(regexp.MustCompile(`\b(C[0-9]{2,3}|K[0-9])\b`).FindAllString(string(text), -1)))
	return slices.Compact(ids)
}

// The verdicts that the chapters tell are those of this model: of all of them
// the model and the experiments are the same as when they were tested, and in the
// long form one is tested again.
func TestVerdictsAreThoseOfTheModel(t *testing.T) {
	if *updateVerdicts {
		told, borderline := judged(t, named(t))
		b, err := json.MarshalIndent(keptVerdicts{modelAndClaims(t), told, borderline, statements(t, named(t))}, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("verdicts.json", append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := verdicts()
	if err != nil {
		t.Fatal(err)
	}
	if want := modelAndClaims(t); kept.Of != want {
		t.Errorf("the verdicts are of model and claims %s, these are %s: go test ./cmd/internal/teach -run Verdicts -update-verdicts", kept.Of, want)
	}
	if got, want := slices.Sorted(maps.Keys(kept.Verdicts)), named(t); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("verdicts of %v, the chapters name %v", got, want)
	}
	if want := statements(t, named(t)); !maps.Equal(kept.Statements, want) {
		t.Errorf("the claims are kept as %q, they say %q", kept.Statements, want)
	}
	if !long {
		return
	}
	told, borderline := judged(t, []string{"C110"})
	for id, want := range told {
		if got := kept.Verdicts[id]; got != want || slices.Contains(kept.Borderline, id) != (len(borderline) > 0) {
			t.Errorf("%s: %q, but it %q, borderline %v", id, got, want, borderline)
		}
	}
}
