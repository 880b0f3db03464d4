package store

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf16"
)

// checkName says why nothing can have a name on this system (ErrName), as far as
// the system itself would not say it, or would quietly take another name.
func checkName(name string) error {
	if runtime.GOOS != "windows" {
		return nil
	}
	drive := filepath.VolumeName(name)
	if problem := windowsRefuses(name[len(drive):]); problem != "" {
		return &pathError{"be written", name, problem, ErrName}
	}
	if _, err := os.Stat(drive + `\`); drive != "" && err != nil {
		return &pathError{"be written", name, "there is no drive or share " + drive, ErrName}
	}
	return nil
}

// longestName is how many UTF-16 units Windows lets the name of a file have.
const longestName = 255

// windowsRefuses says what is wrong with the names in a path for Windows, where it
// stands behind the drive. What Windows takes for a device is one with any ending.
func windowsRefuses(path string) string {
	for _, name := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '\\' }) {
		if name == "." || name == ".." {
			continue
		}
		stem, _, _ := strings.Cut(name, ".")
		switch bad := strings.IndexFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"|?*`, r) }); {
		case bad >= 0:
			return fmt.Sprintf("a name must not have %q on Windows", name[bad:bad+1])
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return fmt.Sprintf("a name must not end with a dot or a blank on Windows, as %q does", name)
		case isDevice(strings.ToUpper(strings.TrimRight(stem, " "))):
			return fmt.Sprintf("%s is the name of a device on Windows", name)
		case len(utf16.Encode([]rune(name))) > longestName:
			return fmt.Sprintf("a name must not be longer than %d letters on Windows", longestName)
		}
	}
	return ""
}

// isDevice says whether Windows takes a name for a device.
func isDevice(name string) bool {
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, isPort := strings.CutPrefix(name, "COM")
	if !isPort {
		port, isPort = strings.CutPrefix(name, "LPT")
	}
	return isPort && len([]rune(port)) == 1 && strings.ContainsAny(port, "123456789¹²³")
}
