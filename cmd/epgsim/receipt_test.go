package main

import (
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"epgsim/cmd/internal/report"
	"epgsim/sim/scenario"
)

// Every file that can carry it says which program, scenario, model and seed it
// comes from.
func TestEveryFileSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	hash, err := report.ModelHash()
	if err != nil {
		t.Fatal(err)
	}
	for command, pages := range map[string]string{"compare": "report.html", "run": "report.html", "explain": "explain.html",
		"sensitivity": "report.html", "decide": "report.html", "sweep": "", "claims": "claims.html"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			dir := results(t, command)
			want := map[string]string{"epgsim_version": version, "model_hash": hash, "seed": "1"}
			if command != "claims" { // they are of the defaults
				s, err := scenario.Load(filepath.Join(dir, report.ScenarioFile))
				if err != nil {
					t.Fatal(err)
				}
				want["scenario"], want["scenario_hash"] = s.Name, s.Hash()
			}
			kinds := map[string]int{}
			for _, name := range tree(t, dir) {
				ext := filepath.Ext(name)
				if !slices.Contains([]string{".parquet", ".svg", ".png", ".html"}, ext) {
					continue
				}
				kinds[ext]++
				text := html.UnescapeString(string(read(t, dir, name)))
				for key, value := range want {
					ok := strings.Contains(text, value)
					switch ext {
					case ".svg":
						ok = strings.Contains(text, key+": "+value)
					case ".png":
						ok = strings.Contains(text, "tEXt"+key+"\x00"+value)
					case ".parquet":
						ok = parquetSays(t, filepath.Join(dir, name), key) == value
					}
					if !ok {
						t.Errorf("%s does not say %s %s", name, key, value)
					}
				}
			}
			if pages != "" && kinds[".html"] != 1 || command != "claims" && kinds[".parquet"] == 0 || (command == "run") && kinds[".svg"] == 0 {
				t.Errorf("looked at %v", kinds)
			}
		})
	}
}

// parquetSays looks a key up in the metadata of a Parquet file.
func parquetSays(t *testing.T, path, key string) string {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(in, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	value, _ := f.Lookup(key)
	return value
}
