package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// claimsRun runs the command and returns its exit code and output.
func claimsRun(ctx context.Context, args ...string) (int, string, string) {
	var out, err bytes.Buffer
	code := run(ctx, append([]string{"claims"}, args...), &out, &err)
	return code, out.String(), err.String()
}

func fileText(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The ledger has a line per claim, a page with a picture of each, and a table
// with a row per part, and is the same for any number of workers.
func TestClaimsLeaveALedger(t *testing.T) {
	one, three := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "three")
	code, out, errs := claimsRun(t.Context(), "C107", "C114", "--quick", "-q", "--workers", "1", "--out", one)
	if code != 0 || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, id := range []string{"C107", "C114"} {
		if !regexp.MustCompile(`(?m)^` + id + `  +\S+`).MatchString(out) {
			t.Errorf("no line begins with %s:\n%s", id, out)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(fileText(t, one, "claims.csv"))).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][0] != "C107" || rows[2][0] != "C114" {
		t.Errorf("table: %v, %v", rows, err)
	}
	page := fileText(t, one, "claims.html")
	if strings.Count(page, "<svg") != 3 || strings.Contains(page, "src=") || strings.Contains(page, `href="http`) {
		t.Errorf("the page has %d pictures, or needs something from elsewhere", strings.Count(page, "<svg"))
	}
	if strings.Count(page, `data-verdict="`) != 4 || strings.Count(page, "<script>") != 1 || strings.Contains(page, " hidden>") {
		t.Error("the filter by verdict does not know the row and the section of each claim, or hides one by itself")
	}
	if code, _, errs := claimsRun(t.Context(), "C107", "C114", "--quick", "-q", "--workers", "3", "--out", three); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, name := range []string{"claims.csv", "claims.parquet", "claims.html", "claims.json", "figures/ledger.svg", "figures/ledger.png"} {
		if fileText(t, one, name) != fileText(t, three, name) {
			t.Errorf("%s depends on the number of workers", name)
		}
	}
}

// An interrupted ledger goes on from what was finished and comes to the same.
func TestClaimsGoOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	args := []string{"C114", "--quick", "--out", dir}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if code, _, errs := claimsRun(ctx, args...); code != exitInterrupted {
		t.Fatalf("exit %d: %s", code, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "claims.html")); err == nil {
		t.Error("an interrupted ledger has a page")
	}
	if code, _, errs := claimsRun(t.Context(), args...); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	want := fileText(t, dir, "claims.csv")
	units, err := filepath.Glob(filepath.Join(dir, "units", "*", "*.json"))
	if err != nil || len(units) != 18 {
		t.Fatalf("%d units are kept, %v", len(units), err)
	}
	for k, unit := range units { // some lost, one torn
		switch {
		case k%3 == 0:
			err = os.Remove(unit)
		case k == 1:
			err = os.WriteFile(unit, []byte(`{"Name":"def`), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	code, _, errs := claimsRun(t.Context(), args...)
	if code != 0 || !strings.Contains(errs, "going on: ") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if got := fileText(t, dir, "claims.csv"); got != want {
		t.Errorf("the ledger that went on differs:\n%s\n%s", got, want)
	}
}

// A ledger of something else is not written over unasked.
func TestClaimsRefuse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	if code, _, errs := claimsRun(t.Context(), "C114", "--quick", "-q", "--out", dir); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	page := fileText(t, dir, "claims.html")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"C107", "--quick", "-q", "--out", dir}, "holds the ledger of another plan, model or choice of claims; choose another --out, or --force to replace it"},
		{[]string{"C114", "--quick", "-q", "--seed", "2", "--out", dir}, "holds the ledger of another plan"},
		{[]string{"C144"}, "no claim C144; did you mean C44?"},
		{[]string{"nonsense"}, "no claim nonsense; known: C01, "},
		{[]string{"C104", "--workers", "-1"}, "--workers = -1: must be within 0..4096"},
		{[]string{"C104", "--quick", "--out", filepath.Join(dir, "units")}, "is not empty and holds no ledger"},
	} {
		code, out, errs := claimsRun(t.Context(), c.args...)
		if code != exitUsage || !strings.Contains(errs, c.want) || out != "" {
			t.Errorf("%v: exit %d, %s%s", c.args, code, out, errs)
		}
	}
	if fileText(t, dir, "claims.html") != page {
		t.Error("a refused command changed the page")
	}
	if code, _, errs := claimsRun(t.Context(), "C107", "--quick", "-q", "--force", "--out", dir); code != 0 || fileText(t, dir, "claims.html") == page {
		t.Errorf("with --force: exit %d, %s", code, errs)
	}
}
