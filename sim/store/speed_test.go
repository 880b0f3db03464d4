package store

import (
	"math"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
)

// wide is a table like the results of an experiment: two keys and n floats.
func wide(n int) []Column {
	columns := []Column{{"arm", "", "", Text}, {"replication", "", "", Int64}}
	for i := range n {
		columns = append(columns, Column{"outcome_" + strconv.Itoa(i), "1", "", Float64})
	}
	return columns
}

// fillWide makes a row's floats like outcomes are: most are sums and shares of
// 15 digits, some counts, a few missing. A cheap generator, to time the writer.
func fillWide(values []float64, x uint64) {
	for i := range values {
		x = x*6364136223846793005 + 1442695040888963407
		switch i % 8 {
		case 0, 1:
			values[i] = float64(x >> 56)
		case 2:
			if values[i] = float64(x >> 40); x>>62 == 0 {
				values[i] = math.NaN()
			}
		default:
			values[i] = float64(x>>11) / (1 << 53) * 1000
		}
	}
}

func writeWide(t testing.TB, w *TableWriter, rows, floats int) {
	values := make([]float64, floats)
	for i := range rows {
		fillWide(values, uint64(i))
		if err := w.Text("weak").Int(int64(i)).Floats(values).EndRow(); err != nil {
			t.Fatal(err)
		}
	}
}

func openWide(t testing.TB, floats int, formats Format) *TableWriter {
	w, err := openTable(filepath.Join(t.TempDir(), "wide"), Table{Name: "wide", Columns: wide(floats), Formats: formats})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Memory must not grow with the rows: what is in use after several row groups
// is what was in use after the first two, but for the index at the file's end
// (some 100 bytes a page of 16,000 values).
func TestMemoryIsBounded(t *testing.T) {
	columns := either(6, 38)
	inUse := func() int64 {
		var m runtime.MemStats
		runtime.GC() // twice: a pool lets go of its buffers at the second collection
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := inUse()
	w := openWide(t, columns, 0)
	defer w.Abort()
	step := 2*rowGroupRows + rowGroupRows/2 // in the middle of a row group, where it holds most
	writeWide(t, w, step, columns)
	early := inUse() - before
	writeWide(t, w, 3*rowGroupRows, columns)
	late := inUse() - before
	t.Logf("in use: %d MB after %d rows, %d MB after %d rows", early>>20, step, late>>20, w.rows)
	if late > early+int64(columns)<<18 { // a page of each column and a bit
		t.Errorf("memory grew by %d MB over three row groups", (late-early)>>20)
	}
	if late > 96<<20 {
		t.Errorf("%d MB in use for one table", late>>20)
	}
}

// A row costs no allocation, but for parquet-go's at the end of a page.
func TestRowsDoNotAllocate(t *testing.T) {
	w := openWide(t, 38, 0)
	defer w.Abort()
	writeWide(t, w, rowGroupRows+batchRows, 38)
	values := make([]float64, 38)
	fillWide(values, 1)
	if n := testing.AllocsPerRun(batchRows, func() {
		if err := w.Text("weak").Int(1).Floats(values).EndRow(); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("%v allocations a row", n)
	}
}

func BenchmarkTable(b *testing.B) {
	for name, formats := range map[string]Format{"CSV": CSV, "Parquet": Parquet, "Both": 0} {
		b.Run(name, func(b *testing.B) {
			w := openWide(b, 45, formats)
			b.ReportAllocs()
			b.ResetTimer()
			writeWide(b, w, b.N, 45)
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
