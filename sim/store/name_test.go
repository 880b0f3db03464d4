package store

import (
	"strings"
	"testing"
)

// Names that Windows refuses, or quietly takes for another, with a word of why.
func TestNamesOnWindows(t *testing.T) {
	for path, want := range map[string]string{
		`out`: "", `C0M1`: "", `für mich\Äpfel & Öl`: "", `..\a/b.csv`: "", `.\.hidden`: "", `com`: "", `com10`: "", `console.txt`: "", strings.Repeat("ö", 255): "", `nul-1`: "", `\\?`: `"?"`,
		`a\b*c`: `"*"`, `a?`: `"?"`, `b\c:d`: `":"`, "a\tb": `"\t"`, `x.`: "a dot or a blank", `x \y`: "a dot or a blank", `...`: "a dot or a blank",
		`CON`: "a device", `a\nul.csv`: "a device", `Com1`: "a device", `LPT².txt`: "a device", `aux .b`: "a device",
		strings.Repeat("a", 256): "longer than 255", strings.Repeat("𝄞", 128): "longer than 255",
	} {
		if got := windowsRefuses(path); got == "" != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%.40q: %q, want %q", path, got, want)
		}
	}
}
