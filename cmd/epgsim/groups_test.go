package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// studyGroups are the nine groups of the study.
var studyGroups = []string{
	"boat-building-market", "boat-building-system", "marine-equipment", "excavators",
	"fitness-equipment-1", "fitness-equipment-2", "food-products", "paper-machinery", "environmental-technology",
}

// compareFigures are those of the main job.
var compareFigures = []string{
	"best-form", "cooperation", "deals-over-time", "group-network", "headline", "manager-hours", "per-euro",
	"periods-by-form", "results-per-sme", "sales-over-time", "stages", "stranded", "trust",
}

func TestCompareOfEveryGroupLeavesAllThatWasPromised(t *testing.T) {
	t.Parallel()
	for _, name := range some(1, studyGroups) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "out")
			const n = 6
			stdout := done(t, "compare", name, "--replications", fmt.Sprint(n), "--quiet", "--out", dir)
			for _, want := range []string{name + ": ", "6 replications of each variant on common luck, seed 1\n",
				"market focus", "customer focus", "system focus", "goes on", "\nVerdict\n  • ", "Report: " + filepath.Join(dir, "report.html")} {
				if !strings.Contains(stdout, want) {
					t.Errorf("the terminal does not show %q:\n%s", want, stdout)
				}
			}
			want := []string{"manifest.json", "replications.csv", "replications.parquet", "report.html", "scenario.toml",
				"smes.csv", "smes.parquet", "weekly.csv", "weekly.parquet"}
			s, err := scenario.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			figures := slices.Clone(compareFigures)
			if len(s.Params.ListedSMEs) > 0 { // such a group is this one, and cannot be generated over a grid
				figures = slices.DeleteFunc(figures, func(f string) bool { return f == "best-form" })
			}
			for _, f := range figures {
				want = append(want, "figures/"+f+".png", "figures/"+f+".svg")
			}
			slices.Sort(want)
			if got := tree(t, dir); !slices.Equal(got, want) {
				t.Fatalf("files are\n%q, want\n%q", got, want)
			}
			checkFigures(t, dir, figures)
			m := checkManifest(t, dir, store.StatusComplete)
			if m.Replications != n || m.Seed != 1 || m.Scenario != name || m.Command[0] != "epgsim" || m.Command[2] != name {
				t.Errorf("the manifest says %+v", m)
			}
			if rows := checkTable(t, dir, "replications"); rows != n*len(m.Arms) || len(m.Arms) < 15 {
				t.Errorf("%d rows of replications in %d arms, want %d of each", rows, len(m.Arms), n)
			}
			s, err = scenario.Load(filepath.Join(dir, "scenario.toml"))
			if err != nil || s.Hash() != m.ScenarioHash {
				t.Errorf("scenario.toml: %v; its hash is not the manifest's", err)
			}
			report, _, _ := strings.Cut(string(read(t, dir, "report.html")), "<script>")
			if strings.Count(report, "<figure ") != len(figures) || strings.Contains(report, "NaN") || !strings.Contains(report, s.Title) {
				t.Error("report.html lacks a figure or the title, or prints NaN")
			}
		})
	}
}

// checkFigures makes sure that every figure is a picture in both formats.
func checkFigures(t *testing.T, dir string, names []string) {
	t.Helper()
	for _, name := range names {
		svg := string(read(t, dir, "figures", name+".svg"))
		if !strings.Contains(svg, `role="img"`) || !strings.Contains(svg, "<title") || !strings.HasSuffix(strings.TrimSpace(svg), "</svg>") {
			t.Errorf("%s.svg is not whole, or has no role or title", name)
		}
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("%s.svg holds NaN or Inf", name)
		}
		img, err := png.Decode(bytes.NewReader(read(t, dir, "figures", name+".png")))
		if err != nil {
			t.Errorf("%s.png: %v", name, err)
		} else if b := img.Bounds(); b.Dx() < 600 || b.Dy() < 300 {
			t.Errorf("%s.png is %d×%d pixels, too small to print", name, b.Dx(), b.Dy())
		}
	}
}

// checkManifest reads the manifest and recomputes every hash in it.
func checkManifest(t *testing.T, dir, status string) *store.Manifest {
	t.Helper()
	m, err := store.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if bad, err := m.Verify(t.Context(), dir); err != nil || len(bad) > 0 || m.Status != status || m.Version != version {
		t.Fatalf("manifest: status %q (want %q), version %q, %v", m.Status, status, m.Version, bad)
	}
	if len(m.Files)+1 != len(tree(t, dir)) {
		t.Errorf("the manifest lists %d files of %q", len(m.Files), tree(t, dir))
	}
	return m
}

// checkTable reads a table in both formats and returns how many rows it has.
func checkTable(t *testing.T, dir, name string) int {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(read(t, dir, name+".csv"))).ReadAll() // refuses rows of another length
	if err != nil {
		t.Fatalf("%s.csv: %v", name, err)
	}
	f, err := os.Open(filepath.Join(dir, name+".parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	p, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatalf("%s.parquet: %v", name, err)
	}
	rows := 0
	for _, group := range p.RowGroups() {
		reader := group.Rows()
		defer reader.Close()
		buffer := make([]parquet.Row, 512)
		for {
			n, err := reader.ReadRows(buffer)
			rows += n
			if err != nil || n == 0 {
				break
			}
		}
	}
	if int64(rows) != p.NumRows() || rows != len(records)-1 {
		t.Fatalf("%s: %d rows read of %d in Parquet, %d in CSV", name, rows, p.NumRows(), len(records)-1)
	}
	return rows
}

// A table is printed once, also where the project goes on to the horizon.
func TestCompareToTheEndOfTheProject(t *testing.T) {
	t.Parallel()
	stdout := done(t, "compare", "base", "-n", "2", "-q", "--no-map", "--set", "project.years=1", "--set", "project.horizon=1", "--vary", "project.years=1", "--out", filepath.Join(t.TempDir(), "out"))
	if n := strings.Count(stdout, "What a project of 1 year comes to"); n != 1 || strings.Count(stdout, "Sold by year 1, k€ a group, by project period") != 1 {
		t.Errorf("the outcomes are printed %d times:\n%s", n, stdout)
	}
}
