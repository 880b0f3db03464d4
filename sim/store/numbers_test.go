package store

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

func numbersFile(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "numbers")
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// foreign is a row as another program may write it.
type foreign struct {
	Weight float32 `parquet:"weight"`
	Bases  int32   `parquet:"deal.bases"`
	Size   int64   `parquet:"group.size"`
	Trust  float64 `parquet:"trust.start"`
}

// Numbers are the same whichever of the formats they come in, and whoever wrote them.
func TestReadNumbers(t *testing.T) {
	own := Table{Name: "worlds", Columns: []Column{{Name: "weight", Type: Float64}, {Name: "group.size", Type: Int64}}}
	var b bytes.Buffer
	err := WriteTable(&b, Parquet, own, func(w *TableWriter) error {
		return errors.Join(w.Float(0.5).Int(4).EndRow(), w.Float(math.NaN()).Int(6).EndRow())
	})
	if err != nil {
		t.Fatal(err)
	}
	var other bytes.Buffer
	if err := parquet.Write(&other, []foreign{{0.5, 3, 4, 0.25}, {1.5, 4, 6, 0.75}}, parquet.Compression(&parquet.Snappy)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"CSV":              {[]byte("\xef\xbb\xbfweight, group.size\r\n0.5,4\r\nNA, 6\r\n"), "[weight group.size] [[0.5 NaN] [4 6]] 2"},
		"own Parquet":      {b.Bytes(), "[weight group.size] [[0.5 NaN] [4 6]] 1"},
		"another's":        {other.Bytes(), "[weight deal.bases group.size trust.start] [[0.5 1.5] [3 4] [4 6] [0.25 0.75]] 1"},
		"quoted":           {[]byte("\"weight\"\n\"0.5\"\n\"\"\n"), "[weight] [[0.5 NaN]] 2"},
		"names and no row": {[]byte("weight\n"), "[weight] [[]] 2"},
	} {
		n, err := ReadNumbers(numbersFile(t, c.content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(n.Names, n.Values, n.Line); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What is no table of numbers is told so, by line and column.
func TestReadNumbersRefuses(t *testing.T) {
	var text bytes.Buffer
	err := WriteTable(&text, Parquet, Table{Name: "t", Columns: []Column{{Name: "kind", Type: Text}}}, func(w *TableWriter) error { return w.Text("a").EndRow() })
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]string{
		"":                           "is empty; it must begin with a line of names",
		"a,b\n1,2\n3,x\n":            `line 3, column b = "x": must be a number`,
		"a,b\n1,\"0,5\"\n":           `line 2, column b = "0,5": must be a number, with a point in place of the comma`,
		"a\n0,5\n":                   "line 2: has 2 fields under 1 names; fields are parted by commas, and numbers have points",
		"a,b\n1,\"2\n":               "line 2",
		"PAR1 and no more":           "its end is missing",
		text.String():                "column kind: must be numbers, and is BYTE_ARRAY",
		text.String()[:text.Len()-9]: "its end is missing",
	} {
		path := numbersFile(t, []byte(content))
		n, err := ReadNumbers(path)
		var wrong *NumbersError
		if n != nil || !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%.30q: %v, want %q", content, err, want)
		}
	}
	if _, err := ReadNumbers(filepath.Join(t.TempDir(), "nowhere")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nowhere: %v", err)
	}
	if _, err := ReadNumbers(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is not a regular file") {
		t.Errorf("a folder: %v", err)
	}
}

// Whatever bit is turned, there is an error or there are numbers: nothing breaks.
func TestReadNumbersWithTurnedBits(t *testing.T) {
	var b bytes.Buffer
	own := Table{Name: "worlds", Columns: []Column{{Name: "weight", Type: Float64}, {Name: "group.size", Type: Int64}}}
	if err := WriteTable(&b, Parquet, own, func(w *TableWriter) error { return w.Float(0.5).Int(4).EndRow() }); err != nil {
		t.Fatal(err)
	}
	good, path := b.Bytes(), filepath.Join(t.TempDir(), "bits")
	refused := 0
	for k := 0; k < 8*len(good); k += either(11, 3) {
		bad := bytes.Clone(good)
		bad[k/8] ^= 1 << (k % 8)
		if err := os.WriteFile(path, bad, 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadNumbers(path); err != nil {
			refused++
		}
	}
	if refused < 8*len(good)/either(11, 3)/4 {
		t.Errorf("only %d turned bits were refused", refused)
	}
}
