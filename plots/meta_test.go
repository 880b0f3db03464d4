package plots

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/png"
	"strings"
	"testing"
)

// Both files of a figure say where it comes from, and show the same picture
// as without.
func TestMeta(t *testing.T) {
	f := must(t, good()["periods"])
	plain, plainSVG := pngOf(t, f), svgOf(t, f)
	f.Meta = [][2]string{{"scenario", `a < b & "c" €`}, {"seed", "18446744073709551615"}}
	checkSVG(t, f, true)
	const want = "<metadata>scenario: a &lt; b &amp; &#34;c&#34; €; seed: 18446744073709551615</metadata>\n"
	if svg := svgOf(t, f); strings.Replace(svg, want, "", 1) != plainSVG || svg == plainSVG {
		t.Errorf("the SVG does not say so, or differs in more: %.900s", svg)
	}
	b := pngOf(t, f)
	if _, err := png.Decode(bytes.NewReader(b)); err != nil {
		t.Fatal(err)
	}
	var texts []string
	var others []byte
	for at := 8; at < len(b); {
		end := at + 12 + int(binary.BigEndian.Uint32(b[at:]))
		if sum := crc32.ChecksumIEEE(b[at+4 : end-4]); sum != binary.BigEndian.Uint32(b[end-4:]) {
			t.Errorf("chunk %s: wrong sum", b[at+4:at+8])
		}
		if string(b[at+4:at+8]) == "tEXt" {
			texts = append(texts, string(b[at+8:end-4]))
		} else {
			others = append(others, b[at:end]...)
		}
		at = end
	}
	if got := strings.Join(texts, "|"); got != "scenario\x00a < b & \"c\" ?|seed\x0018446744073709551615" {
		t.Errorf("text chunks: %q", got)
	}
	if !bytes.Equal(others, plain[8:]) {
		t.Error("the PNG differs in more than its text")
	}
}
