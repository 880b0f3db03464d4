//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// pageSize is how a file system in memory deals out room, in bytes.
const pageSize = 4096

// mount makes the place a file system in memory, or says that it cannot.
func (p *place) mount() bool {
	return exec.Command("mount", "-t", "tmpfs", "-o", "size=256m", "epgsim-faults", p.here).Run() == nil
}

// remount changes the file system of the place.
func (p *place) remount(options string) {
	p.t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+options, p.here).CombinedOutput(); err != nil {
		p.t.Fatalf("%v: %s", err, out)
	}
}

// room is what files take in a file system in memory: files and folders, and pages.
func room(files map[string][]byte) (inodes, pages int) {
	folders := map[string]bool{"tmp": true}
	for name, data := range files {
		for dir := filepath.Dir(name); !folders[dir]; dir = filepath.Dir(dir) {
			folders[dir] = true
		}
		pages += (len(data) + pageSize - 1) / pageSize
	}
	return len(files) + len(folders), pages
}

// failed makes sure that a command that met a fault says so and leaves nothing
// half done, unless it was done before it met it.
func (p *place) failed(what string, code int, stderr, says string) {
	p.t.Helper()
	switch {
	case code == exitDone && stderr == "":
		p.checkWhole(what)
		return
	case code != exitFailed || !regexp.MustCompile(`^epgsim: [^\n]*`+says+`[^\n]*\n$`).MatchString(stderr):
		p.t.Errorf("%s: exit code %d, stderr is %q", what, code, stderr)
	}
	p.noTemporary(what)
	p.checkRest(what, func(name string) bool { return name == ".epgsim-run" }) // which tells finished files to be epgsim's
}

// noTemporary makes sure that nothing is left where temporary files go.
func (p *place) noTemporary(what string) {
	p.t.Helper()
	if left, err := os.ReadDir(filepath.Join(p.here, "tmp")); err != nil || len(left) > 0 {
		p.t.Errorf("%s: left %v among temporary files, %v", what, left, err)
	}
}

// Where no file may be larger than so much, whichever file that is, the command
// says which.
func (p *place) largestFile() {
	var made []string
	for f := range p.whole {
		if p.start[f] == nil {
			made = append(made, f)
		}
	}
	slices.Sort(made)
	for range trials(1) {
		blocks := 0 // of 512 bytes
		if len(made) > 0 {
			blocks = (len(p.whole[made[p.dice.IntN(len(made))]]) - 1) / 512
		}
		p.lay(p.start)
		what := fmt.Sprintf("no file larger than %d blocks", blocks)
		cmd, stderr := p.call(p.args, fmt.Sprintf("ulimit -f %d", blocks))
		_ = cmd.Run() // the exit code tells
		code := cmd.ProcessState.ExitCode()
		if len(made) > 0 && code == exitDone {
			p.t.Errorf("%s: all went well", what)
		}
		p.failed(what, code, stderr.String(), `ulimit -f`)
	}
}

// Where the disk is full at any moment, for a file to begin or to go on, the
// command says so; and where nothing can be written at all.
func (p *place) fullDisk() {
	if !p.mount() {
		p.t.Log("no full disk: file systems cannot be mounted here")
		return
	}
	defer exec.Command("umount", p.here).Run()
	inodes, pages := room(p.start)
	allInodes, allPages := room(p.whole)
	for i := range trials(1) + 1 {
		limit, says := fmt.Sprintf("nr_inodes=%d", inodes+p.dice.IntN(allInodes-inodes+4)), "disk is full|no space left on device"
		switch {
		case i == 0:
			limit, says = "ro", "read-only"
		case i%2 == 0:
			limit = fmt.Sprintf("size=%d", pageSize*(pages+p.dice.IntN(allPages-pages+2)))
		}
		p.remount("rw,size=256m,nr_inodes=100000")
		p.lay(p.start)
		p.remount(limit)
		cmd, stderr := p.call(p.args)
		_ = cmd.Run() // the exit code tells
		p.remount("rw,size=256m,nr_inodes=100000")
		p.failed(limit, cmd.ProcessState.ExitCode(), stderr.String(), "(?:"+says+")")
	}
}

// Where the user may not write, the command says where.
func (p *place) noPermission() {
	p.lay(p.start)
	cmd, stderr := p.call(p.args)
	if os.Getuid() == 0 { // who may write anywhere
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	err := errors.Join(os.Chmod(filepath.Dir(filepath.Dir(p.here)), 0o755), os.Chmod(filepath.Join(p.here, "tmp"), 0o777), os.Chmod(p.here, 0o555))
	if err != nil {
		p.t.Fatal(err)
	}
	_ = cmd.Run() // the exit code tells
	if err := os.Chmod(p.here, 0o755); err != nil {
		p.t.Fatal(err)
	}
	p.failed("without permission", cmd.ProcessState.ExitCode(), stderr.String(), "no permission")
}

// Whoever reads may stop reading, as head does: then the program ends like
// others. Where what it prints cannot be kept, it says so. Either way its files
// are there.
func (p *place) nobodyReads() {
	r, closed, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	defer closed.Close()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		p.t.Log("no full device:", err)
	}
	defer full.Close()
	r.Close()
	for _, c := range []struct {
		what   string
		stdout *os.File
		code   int
		signal syscall.Signal
		says   string
	}{
		{"a closed pipe", closed, -1, syscall.SIGPIPE, ""},
		{"a full device", full, exitFailed, 0, "epgsim: cannot write to standard output: write /dev/stdout: no space left on device\n"},
	} {
		if c.stdout == nil {
			continue
		}
		p.lay(p.start)
		cmd, stderr := p.call(p.args)
		cmd.Stdout = c.stdout
		_ = cmd.Run() // the exit code tells
		if status := cmd.ProcessState.Sys().(syscall.WaitStatus); cmd.ProcessState.ExitCode() != c.code || status.Signaled() && status.Signal() != c.signal {
			p.t.Errorf("%s: ended with %v", c.what, cmd.ProcessState)
		}
		if stderr.String() != c.says {
			p.t.Errorf("%s: stderr is %q, want %q", c.what, stderr, c.says)
		}
		p.checkWhole(c.what)
	}
}

// refusal is what the second of two is told.
var refusal = regexp.MustCompile(`^epgsim: [^\n]*(is in use|is not empty|exists already)[^\n]*\n(See [^\n]*\n)?$`)

// Of two processes that begin at the same time in one place, one at least does
// all; the other is refused, or finds all done.
func (p *place) twoAtOnce() {
	for range trials(1) {
		p.lay(p.start)
		var cmds [2]*exec.Cmd
		var stderrs [2]*bytes.Buffer
		for i := range cmds {
			cmds[i], stderrs[i] = p.call(p.args)
		}
		for _, cmd := range cmds {
			if err := cmd.Start(); err != nil {
				p.t.Fatal(err)
			}
		}
		done := 0
		for i, cmd := range cmds {
			_ = cmd.Wait() // the exit code tells
			switch code := cmd.ProcessState.ExitCode(); {
			case code == exitDone && stderrs[i].Len() == 0:
				done++
			case code != exitFailed && code != exitUsage || !refusal.MatchString(stderrs[i].String()):
				p.t.Errorf("exit code %d, stderr is %q", code, stderrs[i])
			}
		}
		if done == 0 || done == 2 && p.again == replace {
			p.t.Errorf("%d of two have done all: %q, %q", done, stderrs[0], stderrs[1])
		}
		p.checkWhole("two at once")
	}
}

// While a sweep, or a comparison, is running in a directory others are refused,
// or see what is there; and it goes on.
func TestOthersAreKeptOut(t *testing.T) {
	t.Parallel()
	design := designFile(t, strings.Replace(smallDesign, "points = 120", "points = 600", 1))
	for _, c := range []struct {
		args    []string
		pattern string
		bytes   int64
		others  map[string]string // command and what it says; its exit code first
	}{
		{[]string{"sweep", design, "--quiet", "--out", "out"}, "parts/*.parquet", 1, map[string]string{
			"sweep DESIGN --quiet --out out":             "1 out: directory is in use: process ",
			"sweep DESIGN --quiet --out out --shard 1/2": "1 1/2: out: directory is in use: process |1 out: directory is in use: process ",
			"sweep merge out":                            "1 out: directory is in use: process ",
			"sweep slurm DESIGN --out out --submit":      "1 .*out: directory is in use: process ",
			"sweep export out":                           "1 out: the data set is not complete; go on with it first",
			"sensitivity out":                            "1 out: the data set is not complete; go on with it first",
			"sweep status out":                           "0 .*being written by all parts: process ",
			"verify out --quick":                         "0 .*Nothing differs.* parts, which are missing",
			"compare base -n 2 --out out --force":        "2 out: directory is not empty: it holds a data set",
			"claims C107 --quick --out out --force":      "2 out is not empty and holds no ledger of claims",
		}},
		{long, ".replications.csv*", 100_000, map[string]string{
			"compare base -n 2 --out out --force":   "1 out: directory is in use: process ",
			"compare base -n 2 --out out":           "1 out: directory is in use: process ",
			"explain base -n 2 --out out --force":   "1 out: directory is in use: process ",
			"sweep DESIGN --out out":                "2 out: directory is not empty and holds no data set",
			"claims C107 --quick --out out --force": "2 out is not empty and holds no ledger of claims",
			"verify out":                            "2 out: .*no manifest",
		}},
	} {
		t.Run(c.args[0], func(t *testing.T) {
			t.Parallel()
			first := built(t, c.args...)
			stderr := begin(t, first, c.pattern, c.bytes)
			for words, want := range c.others {
				cmd := built(t, strings.Fields(strings.ReplaceAll(words, "DESIGN", design))...)
				cmd.Dir = first.Dir
				said, _ := cmd.CombinedOutput() // the exit code tells
				got := fmt.Sprintf("%d %s", cmd.ProcessState.ExitCode(), strings.ReplaceAll(strings.TrimPrefix(string(said), "epgsim: "), "\n", " "))
				if !regexp.MustCompile("^(?:" + want + ")").MatchString(got) {
					t.Errorf("epgsim %s: %q, want %q", words, got, want)
				}
			}
			if code := stop(t, first, syscall.SIGTERM); code != exitInterrupted || !strings.HasPrefix(stderr.String(), "epgsim: "+string(errKept)) {
				t.Errorf("the first ends with %d, %q", code, stderr)
			}
		})
	}
}
