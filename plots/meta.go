package plots

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"strings"
)

// metaText is a figure's metadata for people and grep: key: value; key: value.
func metaText(meta [][2]string) string {
	var parts []string
	for _, m := range meta {
		parts = append(parts, clean(m[0])+": "+clean(m[1]))
	}
	return strings.Join(parts, "; ")
}

// withChunks puts the size of a dot (pHYs, PNG specification 11.3.4.3) and text
// chunks (tEXt) before the image data of a PNG.
func withChunks(png []byte, dotsPerMetre float64, meta [][2]string) []byte {
	at := bytes.Index(png, []byte("IDAT")) - 4 // a chunk begins with its length
	if at < 0 {
		return png
	}
	dots := uint32(math.Round(dotsPerMetre))
	size := binary.BigEndian.AppendUint32(nil, dots)
	size = append(binary.BigEndian.AppendUint32(size, dots), 1) // the unit is the metre
	out := withChunk(bytes.Clone(png[:at]), "pHYs", string(size))
	for _, m := range meta {
		out = withChunk(out, "tEXt", latin1(m[0])+"\x00"+latin1(m[1]))
	}
	return append(out, png[at:]...)
}

// withChunk appends a chunk: its length, kind, data and checksum.
func withChunk(png []byte, kind, data string) []byte {
	png = binary.BigEndian.AppendUint32(png, uint32(len(data)))
	png = append(png, kind+data...)
	return binary.BigEndian.AppendUint32(png, crc32.ChecksumIEEE([]byte(kind+data)))
}

// latin1 is the text in the alphabet of such chunks, ? where it has no letter.
func latin1(s string) string {
	var b strings.Builder
	for _, r := range clean(s) {
		if r > 0xff {
			r = '?'
		}
		b.WriteByte(byte(r))
	}
	return b.String()
}
