//go:build unix

package main

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"epgsim/cmd/internal/report"
)

// watchedDesign is a sweep of few runs in several parts, with values missing
// and the weekly series kept.
const watchedDesign = `
name = "watched"
scenario = "base"
method = "morris"
points = 50
levels = 4
replications = 6
series = true
outcomes = ["value_project"]
[set.group]
focus = 1
[set.project]
years = 1
horizon = 1
[[factor]]
parameter = "group.size"
low = 4
high = 6
[[factor]]
parameter = "manager.hours"
`

// DuckDB reads the parts as they stand, and finds in them value by value what
// export writes as CSV.
func TestDuckDBReadsParts(t *testing.T) {
	t.Parallel()
	place := os.Getenv("EPGSIM_DUCKDB")
	switch {
	case place != "":
	case os.Getenv("CI") == "true":
		t.Fatal("EPGSIM_DUCKDB is not set, and CI=true")
	default:
		t.Skip("EPGSIM_DUCKDB is not set: the directory in which 'npm install @duckdb/node-api' was called")
	}
	data := filepath.Join(t.TempDir(), "it's data")
	done(t, "sweep", designFile(t, watchedDesign), "--quiet", "--out", data)
	for table, least := range map[string]int{report.TableRuns: 50 * 3 * 6, report.TableSeries: 50 * 3 * 6 * 52} {
		if parts := tree(t, filepath.Join(data, table)); len(parts) < 3 {
			t.Errorf("%s: only the parts %q", table, parts)
		}
		exported := filepath.Join(t.TempDir(), "all.csv")
		done(t, "sweep", "export", data, "--table", table, "--to", exported)
		f, err := os.Open(exported)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		node := exec.Command("node", filepath.Join("testdata", "duckdb.js"), filepath.Join(data, table, "*.parquet"))
		node.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(place, "node_modules"))
		var stderr strings.Builder
		node.Stderr = &stderr
		out, err := node.Output()
		if err != nil {
			t.Fatalf("node: %v\n%s", err, &stderr)
		}
		var got struct {
			Columns, Types []string
			Rows           [][]*string
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Columns, lines[0]) {
			t.Fatalf("%s: DuckDB sees the columns %q, the CSV has %q", table, got.Columns, lines[0])
		}
		if len(got.Rows) != len(lines)-1 || len(got.Rows) < least {
			t.Fatalf("%s: DuckDB sees %d rows, the CSV has %d, want at least %d", table, len(got.Rows), len(lines)-1, least)
		}
		nulls := 0
		for i, row := range got.Rows {
			for c, value := range row {
				if value == nil {
					nulls++
				}
				if field := lines[i+1][c]; !sameValue(got.Types[c], value, field) {
					t.Fatalf("%s: line %d, %s %s: DuckDB reads %v, the CSV has %q", table, i+1, got.Types[c], got.Columns[c], orNull(value), field)
				}
			}
		}
		t.Logf("%s: %d rows of %d columns, %d missing values, all equal", table, len(got.Rows), len(got.Columns), nulls)
		if table == report.TableRuns && nulls == 0 {
			t.Error("no value is missing: the test shows nothing about those")
		}
	}
}

// sameValue says whether what DuckDB reads, nil for NULL, is what a field of
// CSV says, to the last bit.
func sameValue(kind string, value *string, field string) bool {
	switch {
	case kind == "VARCHAR": // which is never missing
		return value != nil && *value == field
	case value == nil:
		return field == ""
	case kind == "BIGINT", kind == "BOOLEAN":
		return *value == field
	case kind != "DOUBLE":
		return false
	}
	a, errA := strconv.ParseFloat(*value, 64)
	b, errB := strconv.ParseFloat(field, 64)
	return errA == nil && errB == nil && math.Float64bits(a) == math.Float64bits(b)
}

func orNull(value *string) string {
	if value == nil {
		return "NULL"
	}
	return strconv.Quote(*value)
}
