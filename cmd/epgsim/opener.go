package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// opener is the command by which a system shows a page in the user's browser; none
// where nobody sits before a screen.
func opener(system, url string) []string {
	switch system {
	case "windows": // by its full name, so that nothing of that name is met on the way
		return []string{filepath.Join(os.Getenv("SystemRoot"), "System32", "rundll32.exe"), "url.dll,FileProtocolHandler", url}
	case "darwin":
		return []string{"/usr/bin/open", url}
	}
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return nil
	}
	return []string{"xdg-open", url}
}

// open shows a page in the browser, as far as there is one. It does not wait for it.
func (a *app) open(system, url string) {
	words := opener(system, url)
	if words == nil {
		fmt.Fprintln(a.err, "There is no screen to open the page on; open the address in a browser.")
		return
	}
	cmd := exec.Command(words[0], words[1:]...)
	if err := cmd.Start(); err != nil {
		fmt.Fprintf(a.err, "The browser could not be opened (%v); open the address in one.\n", err)
		return
	}
	go func() { _ = cmd.Wait() }() // so that nothing of it is left
}
