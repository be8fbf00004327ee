{{/* What every object of a program carries; the argument is (list $ "manager"). */}}
{{- define "lateen.labels" -}}
{{ include "lateen.selector" . }}
app.kubernetes.io/part-of: lateen
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
{{- end -}}

{{- define "lateen.selector" -}}
app: {{ index . 1 }}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end -}}

{{- define "lateen.image" -}}
{{- $root := index . 0 -}}
{{ $root.Values.image.registry }}/{{ index . 1 }}:{{ default $root.Chart.AppVersion $root.Values.image.tag }}
{{- end -}}

{{/* Identities are of this namespace: another would make every certificate name the wrong workload. */}}
{{- define "lateen.checkNamespace" -}}
{{- if ne .Release.Namespace "lateen-system" -}}
{{- fail (printf "release namespace: found %s, expected lateen-system: the control plane's identities are of that namespace; install with --namespace lateen-system --create-namespace" .Release.Namespace) -}}
{{- end -}}
{{- if and (not .Values.postgres.enabled) (not .Values.database.existingSecret) -}}
{{- fail "database.existingSecret: found nothing, expected the name of a Secret with the key url, since postgres.enabled is false" -}}
{{- end -}}
{{- end -}}

{{- define "lateen.databaseSecret" -}}
{{ default "lateen-postgres" .Values.database.existingSecret }}
{{- end -}}

{{- define "lateen.sharedSecret" -}}
{{ default "lateen-shared" .Values.secrets.existingSecret }}
{{- end -}}

{{/* Of a pod: no root, no capability, a system-call filter. */}}
{{- define "lateen.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1337
runAsGroup: 1337
fsGroup: 1337
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "lateen.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Where pods may run, and how they find images. */}}
{{- define "lateen.placement" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
{{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
{{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Replicas on different nodes where there are several. The argument is (list $ "manager"). */}}
{{- define "lateen.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "lateen.selector" . | nindent 8 }}
{{- end -}}

{{/* How a program proves who it is to auth-ca, and whom it believes. */}}
{{- define "lateen.identityVolumes" -}}
- name: identity-token
  projected:
    sources:
      - serviceAccountToken:
          audience: lateen-auth-ca
          expirationSeconds: 3600
          path: token
- name: ca-roots
  configMap:
    name: lateen-ca-roots
{{- end -}}

{{- define "lateen.identityMounts" -}}
- {name: identity-token, mountPath: /var/run/secrets/lateen/identity, readOnly: true}
- {name: ca-roots, mountPath: /var/run/secrets/lateen/ca, readOnly: true}
{{- end -}}

{{- define "lateen.identityArguments" -}}
- --lateen.identity.ca-address=lateen-auth-ca.lateen-system.svc:8060
- --lateen.identity.ca-roots=/var/run/secrets/lateen/ca/roots.pem
- --lateen.identity.join-token-file=/var/run/secrets/lateen/identity/token
{{- end -}}

{{/* Whom the portal's signed requests come from. */}}
{{- define "lateen.accessArguments" -}}
- --lateen.access.jwks-uri=http://lateen-portal.lateen-system.svc:8080/.well-known/jwks.json
{{- end -}}

{{- define "lateen.databaseEnvironment" -}}
- name: LATEEN_DATABASE_URL
  valueFrom:
    secretKeyRef: {name: {{ include "lateen.databaseSecret" . }}, key: url}
{{- end -}}

{{/* Alive and ready, as Spring's actuator says it; the argument is the port's name. */}}
{{- define "lateen.probes" -}}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: {{ . }}}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: {{ . }}}
  periodSeconds: 10
  failureThreshold: 3
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: {{ . }}}
  periodSeconds: 5
{{- end -}}

{{/* One account, and a budget for disruptions, per program; the argument is (list $ "lateen-manager"). */}}
{{- define "lateen.accountAndBudget" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "lateen.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "lateen.labels" . | nindent 4 }}
spec:
  # With one replica a minimum would keep its node from ever being drained.
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "lateen.selector" . | nindent 6 }}
{{- end -}}
