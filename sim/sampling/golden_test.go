package sampling

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden points anew; never do it to make a test pass that should not")

// goldenDesigns are as large as they come, so that no number wraps unnoticed.
var goldenDesigns = []struct {
	name string
	make func() (Design, error)
}{
	{"latin", func() (Design, error) { return LatinHypercube(maxRows, 40, 42) }},
	{"sobol", func() (Design, error) { return Sobol(maxRows, maxSobolDims, false, 42) }},
	{"sobol-scrambled", func() (Design, error) { return Sobol(maxRows, maxSobolDims, true, 42) }},
	{"morris", func() (Design, error) { return Morris(maxRows/4, 10, []int{0, 2, 1, 0, 1}, 42) }},
	{"saltelli", func() (Design, error) { return Saltelli(maxRows/8, []int{0, 2, 1, 0, 1}, true, true, 42) }},
}

// goldenLines hashes the points and places of rows at both ends of each design.
func goldenLines(t *testing.T) string {
	var b strings.Builder
	for _, g := range goldenDesigns {
		made, err := g.make()
		d := must(t, made, err)
		h, x := sha256.New(), make([]float64, d.Dims())
		for k := range 100 {
			for _, row := range []int{k, d.Rows() - 1 - k} {
				p := d.At(row, x)
				fmt.Fprintln(h, p.Block, p.Role, p.Group, math.Float64bits(p.Delta))
				_ = binary.Write(h, binary.LittleEndian, x)
			}
		}
		fmt.Fprintf(&b, "%s %x\n", g.name, h.Sum(nil))
	}
	return b.String()
}

// The same arguments give the same bytes, on this platform as on every other.
func TestGoldenPoints(t *testing.T) {
	const file = "testdata/golden.txt"
	got := goldenLines(t)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("points differ from %s:\ngot\n%swant\n%sUsual causes: a decision or its address was changed (every sweep so far can then no longer be resumed: "+
			"if meant, run go test ./sim/sampling -run Golden -update and say so in the commit); a product not rounded before a sum", file, got, want)
	}
}
