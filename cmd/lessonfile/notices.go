package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// notices are the licences of what the page brings along: those parts of the program's
// notices that name a library in it.
func (s source) notices() (string, error) {
	list, err := goTool(browsers, "list", "-deps", "-tags", "worker", "-f", "{{with .Module}}{{.Path}}{{end}}", "epgsim/cmd/lessonworker")
	if err != nil {
		return "", err
	}
	wanted := append(strings.Fields(list), "Go", "uPlot,")
	slices.Sort(wanted)
	wanted = slices.DeleteFunc(slices.Compact(wanted), func(m string) bool { return m == "epgsim" })
	text, err := os.ReadFile(filepath.Join(s.module, "cmd", "epgsim", "notices.txt"))
	if err != nil {
		return "", err
	}
	rule := "\n" + strings.Repeat("=", 78) + "\n"
	parts := strings.Split(string(text), rule)
	kept := parts[:1]
	for _, part := range parts[1:] {
		names, _, _ := strings.Cut(part, "\n\n")
		before := len(wanted)
		wanted = slices.DeleteFunc(wanted, func(m string) bool { return strings.Contains("\n"+names, "\n"+m+" ") })
		if len(wanted) < before {
			kept = append(kept, part)
		}
	}
	if len(wanted) > 0 {
		return "", fmt.Errorf("cmd/epgsim/notices.txt has no licence of %s", strings.Join(wanted, ", "))
	}
	return strings.Join(kept, rule), nil
}
