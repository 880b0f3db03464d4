package store

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// FuzzRow: whatever a row holds, its CSV and its Parquet are the same lines, the
// fields of which say what was written, to the last bit.
func FuzzRow(f *testing.F) {
	for _, r := range awkward {
		f.Add(r.arm, math.Float64bits(r.zeta), r.week, r.kept)
	}
	f.Add("\r\n\"\",\xff\x00", uint64(0x7ff0000000000001), int64(0), true)
	f.Add(strings.Repeat("\xff?", headerBytes/4), uint64(0), int64(-1), false)
	f.Fuzz(func(t *testing.T, text string, bits uint64, whole int64, truth bool) {
		path := filepath.Join(t.TempDir(), "demo")
		r := demoRow{zeta: math.Float64frombits(bits), arm: text, week: whole, alpha: 1, kept: truth}
		writeDemo(t, path, []demoRow{r, r})
		lines, err := linesOfFile(path + ".csv")
		again, errAgain := linesOfFile(path + ".parquet")
		if err != nil || errAgain != nil {
			if len(text) < longestLine/3 { // all of it may be quotation marks, doubled
				t.Fatalf("%v, %v", err, errAgain)
			}
			return
		}
		if !slices.Equal(lines, again) || len(lines) != 3 || lines[1] != lines[2] {
			t.Fatalf("CSV %q, Parquet %q", lines, again)
		}
		fields := Fields(lines[1])
		if len(fields) != len(demo) || strings.Join(fields, ",") != lines[1] {
			t.Fatalf("%d fields: %q", len(fields), fields)
		}
		if is := unquoted(fields[1]); is != strings.ToValidUTF8(text, "\ufffd") {
			t.Errorf("text %q reads %q", text, is)
		}
		switch v, err := strconv.ParseFloat(fields[0], 64); {
		case math.IsNaN(r.zeta) && fields[0] == "":
		case err != nil || math.Float64bits(v) != bits:
			t.Errorf("number %x reads %q", bits, fields[0])
		}
		if fields[2] != strconv.FormatInt(whole, 10) || fields[4] != strconv.FormatBool(truth) {
			t.Errorf("%d, %v read %q", whole, truth, fields)
		}
	})
}

func unquoted(field string) string {
	if inner, ok := strings.CutPrefix(field, `"`); ok {
		return strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`)
	}
	return field
}

// FuzzLines: the lines of any CSV are all of its bytes, no line is longer than
// is allowed, and its fields are all of a line.
func FuzzLines(f *testing.F) {
	for _, text := range []string{"", "\n", "a,b\n1,2\n", "a\n\"x\ny\",2", "\"\"\"\n\n", "\"" + strings.Repeat("x\n", csvBuffer), "a\r\n1\r\n", "a\n" + strings.Repeat("1", csvBuffer+1) + "\n2"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		name := filepath.Join(t.TempDir(), "x.csv")
		write(t, name, string(text))
		lines, err := linesOfFile(name)
		if err != nil {
			if len(text) <= longestLine || !strings.HasPrefix(err.Error(), name) {
				t.Fatal(err)
			}
			return
		}
		for _, line := range lines {
			if len(line) > longestLine || strings.Join(Fields(line), ",") != line {
				t.Fatalf("line of %d bytes, fields %.200q", len(line), Fields(line))
			}
		}
		if got := strings.Join(lines, "\n"); got != strings.TrimSuffix(string(text), "\n") {
			t.Fatalf("%.200q reads %.200q", text, got)
		}
	})
}

// FuzzForce: whatever a directory says of what is in it, what epgsim has not
// written stays as it is, and nothing outside of it is touched.
func FuzzForce(f *testing.F) {
	stay := map[string]string{"data/mine.csv": "a,b\n1,2\n", "data/below/notes.txt": "thoughts", "outside.txt": "of nobody's"}
	ours := map[string]string{"data/results.csv": "x\n1\n"}
	list := func(names ...string) (files []File) {
		for _, name := range names {
			sum := newSummer()
			_, _ = sum.Write([]byte(ours["data/"+name])) // those that are not ours seem empty
			files = append(files, sum.file(name))
		}
		return files
	}
	for _, files := range [][]File{nil, list("results.csv"), list("results.csv", "mine.csv", "below/notes.txt"), list("../outside.txt", "/etc/passwd", "."), list("below"), list("link", "link/x")} {
		m := Manifest{Files: files}
		text, err := m.encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, []byte{})
		f.Add(text, journal(f, files))
		f.Add([]byte{}, journal(f, files))
	}
	f.Add([]byte(`{"program":"epgsim","format":1,"files":[{}]}`), []byte("{\"owner\":{\"pid\":-1}}\n{\"file\":null}\n{"))
	f.Fuzz(func(t *testing.T, manifest, run []byte) {
		dir := t.TempDir()
		files := maps.Clone(stay)
		maps.Copy(files, ours)
		for name, content := range map[string]string{ManifestName: string(manifest), runName: string(run)} {
			if content != "" {
				files["data/"+name] = content
			}
		}
		lay(t, dir, files)
		path := filepath.Join(dir, "data")
		if err := os.Symlink(dir, filepath.Join(path, "link")); err != nil {
			t.Skip(err)
		}
		d, err := Create(path, true)
		switch {
		case err == nil:
			if err := d.WriteFile("results.csv", []byte("new")); err != nil {
				t.Logf("results.csv is in the way: %v", err)
			}
			if err := d.Finish(Manifest{}); err != nil {
				t.Fatal(err)
			}
		case !strings.HasPrefix(err.Error(), path):
			t.Fatalf("an error that names no place: %v", err)
		}
		if err := os.Remove(filepath.Join(path, "link")); err != nil {
			t.Fatal(err)
		}
		now := tree(t, dir)
		for name, content := range stay {
			if now[name] != content {
				t.Fatalf("%s is now %q", name, now[name])
			}
		}
		delete(now, "data/"+runName) // says who tried
		delete(files, "data/"+runName)
		if err != nil && !maps.Equal(now, files) {
			t.Fatalf("refused with %v, and yet changed: %v", err, names(now))
		}
	})
}

// journal is the run file of a run that was killed when it had written files.
func journal(t testing.TB, files []File) (text []byte) {
	for i := range files {
		line, err := json.Marshal(lockLine{File: &files[i]})
		if err != nil {
			t.Fatal(err)
		}
		text = append(append(text, line...), '\n')
	}
	return text
}
