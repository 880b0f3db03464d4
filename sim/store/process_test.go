package store

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

// role makes the test binary a second process: writer begins a run, finishes
// one table and writes another until it is killed; visitor tries to enter;
// sweeper works on a share of a data set.
const role = "EPGSIM_STORE_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "writer":
		beWriter(os.Args[len(os.Args)-1])
	case "visitor":
		_, err := Create(os.Args[len(os.Args)-1], true)
		fmt.Println(err)
	case "sweeper":
		beSweeper(os.Args[len(os.Args)-1])
	default:
		os.Exit(m.Run())
	}
}

func beWriter(path string) {
	d, err := Create(path, false)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err = d.WriteFile("figures/done.svg", []byte("whole")); err == nil {
		err = writeMuch(d, 0)
	}
	if err == nil {
		err = writeForever(d)
	}
	fmt.Println(err)
}

func writeForever(d *Dir) error {
	w, err := d.Table(Table{Name: "parts/endless", Columns: demo})
	for i := 0; err == nil; i++ {
		if i == 2*rowGroupRows { // by now both files have bytes on disk
			fmt.Println("under way")
		}
		err = awkward[i%len(awkward)].write(w)
	}
	return err
}

// startWriter returns when the writer is in the middle of its second table.
func startWriter(t *testing.T, path string) *exec.Cmd {
	t.Helper()
	cmd := helper(t, "writer", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(out).ReadString('\n')
		said <- line
	}()
	select {
	case line := <-said:
		if line != "under way\n" {
			t.Fatalf("the writer said %q", line)
		}
	case <-time.After(time.Minute):
		t.Fatal("the writer did not get under way")
	}
	return cmd
}

// Another process is refused while the first is alive; killed with no chance
// to clean up, the first leaves no half file under a real name, and the next
// run may replace it.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	first := startWriter(t, path)
	refused(t, path, true, ErrBusy, fmt.Sprintf("process %d ", first.Process.Pid))
	if said, err := helper(t, "visitor", path).CombinedOutput(); err != nil || !strings.Contains(string(said), ErrBusy.Error()) {
		t.Errorf("a second process: %v, it said %q", err, said)
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // says that it was killed

	half, whole := 0, []string{}
	for _, name := range names(tree(t, path)) {
		if isTemp(filepath.Base(name)) {
			half++
		} else {
			whole = append(whole, name)
		}
	}
	if want := []string{runName, "figures/done.svg", "results.csv", "results.parquet"}; !slices.Equal(whole, want) || half != 2 {
		t.Errorf("left %v and %d half files, want %v and 2", whole, half, want)
	}
	readWhole(t, path)
	if _, err := ReadManifest(path); err == nil {
		t.Error("a killed run has a manifest")
	}
	if err := tryWithoutForce(path); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("without force: %v", err)
	}
	fill(t, mustCreate(t, path, true), "after")
	if got := names(tree(t, path)); !slices.Equal(got, runFiles) {
		t.Errorf("after --force: %v, want %v", got, runFiles)
	}
}

func tryWithoutForce(path string) error {
	d, err := Create(path, false)
	if err == nil {
		err = d.Close()
	}
	return err
}

// readWhole makes sure that the finished table is one.
func readWhole(t *testing.T, path string) {
	t.Helper()
	in, err := os.Open(filepath.Join(path, "results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil || len(rows) != rowGroupRows+11 {
		t.Errorf("%d rows in CSV, %v", len(rows), err)
	}
	b, err := os.Open(filepath.Join(path, "results.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	info, err := b.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(b, info.Size())
	if err != nil || file.NumRows() != rowGroupRows+10 {
		t.Errorf("Parquet: %v", err)
	}
}

// Killed before anything was finished, a run leaves nothing that matters: the
// next one needs no force.
func TestKilledEarly(t *testing.T) {
	path := t.TempDir()
	write(t, filepath.Join(path, runName), "{\"owner\":{\"pid\":1,\"host\":\"x\"}}\n{\"file\":{\"pa")
	if err := os.Mkdir(filepath.Join(path, "figures"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(path, "figures", ".a.svg.77-0"+tempSuffix), "half")
	fill(t, mustCreate(t, path, false), "x")
	if got := names(tree(t, path)); !slices.Equal(got, runFiles) {
		t.Errorf("left %v, want %v", got, runFiles)
	}
}

// What a killed process was writing among the user's own files goes when the
// next one writes there. What a living one is writing, or one of another machine,
// stays, and so does what only looks alike.
func TestClearDead(t *testing.T) {
	path := t.TempDir()
	killed := exec.Command(os.Args[0], "-test.run=^$")
	if err := killed.Run(); err != nil {
		t.Fatal(err)
	}
	if processAlive(killed.Process.Pid) {
		t.Skip("whether a process lives cannot be told here")
	}
	dead := fmt.Sprintf("-%d-", killed.Process.Pid)
	mine := tempName("a.csv", "0")
	left := strings.Replace(mine, fmt.Sprintf("-%d-", os.Getpid()), dead, 1)
	kept := []string{mine, strings.Replace(left, thisHost(), "0badcafe", 1), strings.TrimPrefix(left, "."), ".x" + tempSuffix}
	for _, name := range append(kept, left) {
		write(t, filepath.Join(path, name), "half")
	}
	if err := NewFile(filepath.Join(path, "new.toml"), []byte("whole"), "", false); err != nil {
		t.Fatal(err)
	}
	want := append(kept, "new.toml")
	slices.Sort(want)
	if got := names(tree(t, path)); !slices.Equal(got, want) {
		t.Errorf("left %q, want %q", got, want)
	}
}
