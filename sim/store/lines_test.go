package store

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A table's two files give the same lines, whatever its values, and no others
// than the CSV file has.
func TestLinesAreTheSameOfBothFormats(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table")
	rows := slices.Repeat(awkward, 100) // several batches
	writeDemo(t, path, rows)
	csv, parquet := linesOf(t, path+".csv"), linesOf(t, path+".parquet")
	if !slices.Equal(csv, parquet) || len(csv) != 1+len(rows) {
		t.Errorf("%d lines of CSV, %d of Parquet, of %d rows", len(csv), len(parquet), len(rows))
	}
	if whole := strings.Join(csv, "\n") + "\n"; whole != tree(t, filepath.Dir(path))["table.csv"] {
		t.Error("the lines are not the file")
	}
	for _, line := range csv {
		if fields := Fields(line); len(fields) != len(demo) || strings.Join(fields, ",") != line {
			t.Errorf("%d fields: %q", len(fields), line)
		}
	}
	for line := range Lines(path + ".parquet") { // one may stop
		if line != csv[0] {
			t.Errorf("the header is %q", line)
		}
		break
	}
}

// Whatever has been done to a file, reading it ends, with an error if need be.
func TestLinesOfDamagedFiles(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ content, want string }{
		"none.csv":     {"", ""},
		"cut.csv":      {"a,b\n1,2\n3", "a,b|1,2|3"},
		"open.csv":     {"a,b\n1,\"2\n3,4\n", "a,b|1,\"2\n3,4\n"},
		"endless.csv":  {"a\n\"" + strings.Repeat("x\n", longestLine), "endless.csv: a line of more than"},
		"none.parquet": {"", "it has 0 bytes"},
		"text.parquet": {"some text that is none of Parquet's", "its end is missing"},
	} {
		path := filepath.Join(dir, name)
		write(t, path, c.content)
		var got []string
		for line, err := range Lines(path) {
			if err != nil {
				line = err.Error()
			}
			got = append(got, line)
		}
		// An open quotation keeps its line ends, but for the last of the file.
		if text := strings.Join(got, "|"); !strings.Contains(text, strings.TrimSuffix(c.want, "\n")) || c.want == "" && len(got) > 0 {
			t.Errorf("%s: %.300q", name, text)
		}
	}
	for _, err := range Lines(filepath.Join(dir, "gone.csv")) {
		if err == nil || !strings.Contains(err.Error(), "does not exist") {
			t.Error(err)
		}
	}
}
