package plots

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
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

// withText puts text chunks (tEXt, PNG specification 11.3.4.3) before the
// image data of a PNG.
func withText(png []byte, meta [][2]string) []byte {
	at := bytes.Index(png, []byte("IDAT")) - 4 // a chunk begins with its length
	if at < 0 {
		return png
	}
	out := bytes.Clone(png[:at])
	for _, m := range meta {
		text := latin1(m[0]) + "\x00" + latin1(m[1])
		out = binary.BigEndian.AppendUint32(out, uint32(len(text)))
		chunk := "tEXt" + text
		out = append(out, chunk...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(chunk)))
	}
	return append(out, png[at:]...)
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
