//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"epgsim/cmd/internal/cluster"
)

var updateK8s = flag.Bool("update-k8s", false, "write testdata/k8s anew")

// The document is as it was, but for what follows from the scenario. Never
// update it to make the test pass: look at the difference.
func TestK8sGolden(t *testing.T) {
	t.Parallel()
	got := done(t, "sweep", "k8s", "focus-by-years", "--image", "registry.example.org/epgsim:0.1", "--tasks", "4",
		"--replications", "50", "--cpus", "2", "--memory", "1Gi", "--claim", "results", "--namespace", "lab", "--out", "sweeps/first")
	for _, volatile := range []struct{ pattern, instead string }{
		{`(toml: \|2\n)(?:(?:    .*)?\n)+?(  scenario|---)`, "$1    (text)\n$2"}, // what design.toml and scenario.toml say
		{`(epgsim-focus-by-years)-[0-9a-f]{8}\b`, "$1-HASH"},
	} {
		got = regexp.MustCompile(volatile.pattern).ReplaceAllString(got, volatile.instead)
	}
	golden := filepath.Join("testdata", "k8s", "focus-by-years.yaml")
	if *updateK8s {
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(read(t, golden)); got != want {
		t.Errorf("the document is now\n%s\nwant\n%s", got, want)
	}
}

// fromYAML decodes documents with Python, which must have a YAML library. It
// skips without, but not on CI.
func fromYAML(t *testing.T, text string) []json.RawMessage {
	t.Helper()
	if err := exec.Command("python3", "-c", "import yaml").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no YAML library for python3, and CI=true: install python3-yaml")
		}
		t.Skip("no YAML library for python3: install python3-yaml")
	}
	cmd := exec.Command("python3", "-c", "import sys, json, yaml; json.dump(list(yaml.safe_load_all(sys.stdin.buffer)), sys.stdout)")
	cmd.Stdin = strings.NewReader(text)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("not YAML: %v\n%s\n%s", err, &stderr, text)
	}
	var all []json.RawMessage
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// The parts of Kubernetes' objects that are used, with their types: a field
// that is not here is not one of theirs, or should be added.
type k8sMeta struct {
	Name, Namespace string
	Labels          map[string]string
}

type k8sContainer struct {
	Name, Image  string
	Command      []string
	Env          []struct{ Name, Value string }
	Resources    struct{ Requests, Limits map[string]string }
	VolumeMounts []struct {
		Name, MountPath string
		ReadOnly        bool
	}
}

type k8sObject struct {
	APIVersion, Kind string
	Metadata         k8sMeta
	Data             map[string]string
	Spec             struct {
		Completions, Parallelism           int
		CompletionMode                     string
		BackoffLimitPerIndex, BackoffLimit *int
		Suspend                            bool
		PodFailurePolicy                   struct {
			Rules []struct {
				Action      string
				OnExitCodes *struct {
					ContainerName, Operator string
					Values                  []int
				}
				OnPodConditions []struct{ Type, Status string }
			}
		}
		Template struct {
			Metadata k8sMeta
			Spec     struct {
				RestartPolicy                 string
				ShareProcessNamespace         bool
				TerminationGracePeriodSeconds int
				Containers                    []k8sContainer
				Volumes                       []struct {
					Name                  string
					ConfigMap             *struct{ Name string }
					PersistentVolumeClaim *struct{ ClaimName string }
				}
			}
		}
	}
}

// k8sObjects prints a sweep for Kubernetes and decodes it.
func k8sObjects(t *testing.T, args ...string) (config, job, merge k8sObject) {
	t.Helper()
	documents := fromYAML(t, done(t, append([]string{"sweep", "k8s"}, args...)...))
	if len(documents) != 3 {
		t.Fatalf("%d documents, want a ConfigMap and two Jobs", len(documents))
	}
	for i, o := range []*k8sObject{&config, &job, &merge} {
		d := json.NewDecoder(bytes.NewReader(documents[i]))
		d.DisallowUnknownFields()
		if err := d.Decode(o); err != nil {
			t.Fatalf("%v in %s", err, documents[i])
		}
	}
	return config, job, merge
}

// However much of YAML and of shells is in a design, the objects are
// well-formed and belong together, and their commands, run as a cluster would,
// leave the data set of one machine.
func TestK8sObjects(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]string{
		"small":                              "",
		"6" + strings.Repeat("-verylong", 6): "title = \"- {a: b} | > * & ! % @ 'x' \\\" #1\"\ndescription = \"$(x) €: x\"\n",
	} {
		t.Run(name[:1], func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(smallDesign, `name = "small"`, fmt.Sprintf("name = %q\n%s", name, more), 1)
			design, here := designFile(t, text), t.TempDir()
			config, job, merge := k8sObjects(t, design, "--image", "img", "--tasks", "3", "--out", "a b/c'd", "--namespace", "123", "--claim", "7")
			for _, o := range []k8sObject{config, job, merge} {
				if !regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`).MatchString(o.Metadata.Name) || len(o.Metadata.Name) > 57 || o.Metadata.Namespace != "123" {
					t.Errorf("the name or namespace of %s is %+v", o.Kind, o.Metadata)
				}
				for _, label := range o.Metadata.Labels {
					if len(label) > 63 {
						t.Errorf("label %s is too long", label)
					}
				}
			}
			j, pod := &job.Spec, &job.Spec.Template.Spec
			if j.Completions != 3 || j.CompletionMode != "Indexed" || j.BackoffLimitPerIndex == nil || pod.RestartPolicy != "Never" || len(pod.Containers) != 1 {
				t.Fatalf("not an Indexed Job of three that counts failures by index: %+v", job)
			}
			if r := j.PodFailurePolicy.Rules; len(r) != 2 || r[0].Action != "FailIndex" || r[0].OnExitCodes.ContainerName != pod.Containers[0].Name ||
				fmt.Sprint(r[0].OnExitCodes.Values) != "[2]" || r[1].Action != "Ignore" || r[1].OnPodConditions[0].Type != "DisruptionTarget" || r[1].OnPodConditions[0].Status != "True" {
				t.Errorf("the policy of failures is %+v", r)
			}
			if !pod.ShareProcessNamespace {
				t.Error("epgsim is the first process of its container, which cannot end of SIGABRT")
			}
			if pod.Volumes[0].ConfigMap.Name != config.Metadata.Name || pod.Volumes[1].PersistentVolumeClaim.ClaimName != "7" {
				t.Errorf("the volumes are %+v", pod.Volumes)
			}
			if !merge.Spec.Suspend || merge.Metadata.Name != job.Metadata.Name+"-merge" {
				t.Errorf("the merge is %+v", merge)
			}

			for file, content := range config.Data {
				if err := os.WriteFile(filepath.Join(here, file), []byte(content), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			for index := range 3 {
				runPod(t, here, &pod.Containers[0], fmt.Sprint("JOB_COMPLETION_INDEX=", index))
			}
			runPod(t, here, &merge.Spec.Template.Spec.Containers[0])
			alone := filepath.Join(t.TempDir(), "alone")
			done(t, "sweep", design, "--quiet", "--out", alone)
			identical(t, filepath.Join(here, "a b", "c'd"), alone)
		})
	}
}

// runPod runs the command of a pod, with both of its volumes in one directory.
func runPod(t *testing.T, here string, c *k8sContainer, env ...string) {
	t.Helper()
	mounted := strings.NewReplacer("/design/", here+"/", "/data/", here+"/")
	var words []string
	for _, w := range c.Command {
		words = append(words, mounted.Replace(w))
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Env = append(os.Environ(), env...)
	for _, v := range c.Env {
		cmd.Env = append(cmd.Env, v.Name+"="+mounted.Replace(v.Value))
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%q: %v\n%s", words, err, out)
	}
}

// Texts survive being written as YAML.
func TestYAMLText(t *testing.T) {
	t.Parallel()
	texts := []string{"", "\n", "a", "a\n", "a\n\n", "\na\n", " a\n  b\n", "a\n\n\nb\n", "\ta\n", "a\r\nb\n", "# a\n---\n...\n", "a: b\n", "ü €\n",
		"\x00", "\u0085\n", "\u2028\n", "\ufeffa\n", "a \n", "'\"\\\n", "%YAML\n", "<&>\n"}
	var b strings.Builder
	for _, text := range texts {
		b.WriteString("---\n")
		if err := (&cluster.K8s{DesignTOML: text, ScenarioTOML: text + "x"}).Print(&b); err != nil {
			t.Fatal(err)
		}
	}
	documents := fromYAML(t, b.String()) // three each, the first with the texts
	for i, text := range texts {
		var got k8sObject
		if err := json.Unmarshal(documents[3*i], &got); err != nil {
			t.Fatal(err)
		}
		if got.Data["design.toml"] != text || got.Data["scenario.toml"] != text+"x" {
			t.Errorf("%q is read back as %q", text, got.Data)
		}
	}
}

func TestK8sRefuses(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{
		"--tasks=0":                "--tasks = 0: must be within 1..",
		"--tasks=9999":             "--tasks = 9999: must be within 1..",
		"--image=":                 `--image = "": must name a container image`,
		"--image=a b":              `--image = "a b": must name a container image`,
		"--claim=A_b":              `--claim = "A_b": must be the name of a claim`,
		"--cpus=0":                 "--cpus = 0: must be within 1..4096",
		"--memory=much":            `--memory = "much": must be a number of bytes`,
		"--namespace=a.b":          `--namespace = "a.b": must be lower-case letters`,
		"--out=/data/x":            `--out = "/data/x": must be a directory on the volume`,
		"--out=../x":               `--out = "../x": must be a directory on the volume`,
		"--set=project.years=many": "project.years",
	} {
		args := append([]string{"sweep", "k8s", "focus-by-years", "--image=x", "--tasks=4"}, flags)
		if code, stdout, stderr := call(args...); code != exitUsage || !strings.Contains(stderr, want) || stdout != "" {
			t.Errorf("%s: exit code %d, %q, want %d and %q", flags, code, stderr, exitUsage, want)
		}
	}
}
