//! The names that Airflow reports for the classes of its operators (`task_type`).

/// The name of the class that stands in a module under this path. Modules of old paths hold many classes under the name
/// that they had once; Airflow reports the name that the class has now.
pub(super) fn class_name(path: &str) -> &str {
    let name = super::library::last(path);
    let is_old = ["airflow.contrib.", "airflow.operators."]
        .iter()
        .any(|module| path.starts_with(module));
    if !is_old {
        return name;
    }
    match RENAMED.binary_search_by_key(&name, |(old, _)| old) {
        Ok(place) => RENAMED.get(place).map_or(name, |(_, new)| new),
        Err(_) => name,
    }
}

/// The class that a decorator of tasks puts around a function, by the last part of the decorator's name; none where
/// Airflow and its providers have no such decorator.
pub(super) fn decorated_class(flavour: &str) -> Option<&'static str> {
    let place = DECORATED.binary_search_by_key(&flavour, |(name, _)| name).ok()?;
    DECORATED.get(place).map(|(_, class)| *class)
}

/// The name that Airflow shows for a decorator of tasks.
pub(super) fn decorator_name(flavour: &str) -> String {
    match flavour {
        "python" => "@task".to_owned(),
        other => format!("@task.{other}"),
    }
}

/// The decorators of Airflow and of its providers; the classes have had the same names since Airflow 2.5.
const DECORATED: &[(&str, &str)] = &[
    ("agent", "_AgentDecoratedOperator"),
    ("analytics", "_AnalyticsDecoratedOperator"),
    ("bash", "_BashDecoratedOperator"),
    ("branch", "_BranchPythonDecoratedOperator"),
    ("branch_external_python", "_BranchExternalPythonDecoratedOperator"),
    ("branch_virtualenv", "_BranchPythonVirtualenvDecoratedOperator"),
    ("docker", "_DockerDecoratedOperator"),
    ("external_python", "_PythonExternalDecoratedOperator"),
    ("kubernetes", "_KubernetesDecoratedOperator"),
    ("kubernetes_cmd", "_KubernetesCmdDecoratedOperator"),
    ("llm", "_LLMDecoratedOperator"),
    ("llm_batch", "_LLMBatchDecoratedOperator"),
    ("llm_branch", "_LLMBranchDecoratedOperator"),
    ("llm_file_analysis", "_LLMFileAnalysisDecoratedOperator"),
    ("llm_schema_compare", "_LLMSchemaCompareDecoratedOperator"),
    ("llm_sql", "_LLMSQLDecoratedOperator"),
    ("pyspark", "_PySparkDecoratedOperator"),
    ("python", "_PythonDecoratedOperator"),
    ("sensor", "DecoratedSensorOperator"),
    ("sftp_sensor", "_DecoratedSFTPSensor"),
    ("short_circuit", "_ShortCircuitDecoratedOperator"),
    ("snowpark", "_SnowparkDecoratedOperator"),
    ("sql", "_SQLDecoratedOperator"),
    ("stub", "_StubOperator"),
    ("virtualenv", "_PythonVirtualenvDecoratedOperator"),
];

/// The classes of `airflow.contrib` and `airflow.operators` that have another name now.
const RENAMED: &[(&str, &str)] = &[
    ("AWSAthenaOperator", "AthenaOperator"),
    ("AWSBatchOperator", "BatchOperator"),
    ("AdlsToGoogleCloudStorageOperator", "ADLSToGCSOperator"),
    ("AwsGlueCatalogPartitionSensor", "GlueCatalogPartitionSensor"),
    ("AwsRedshiftClusterSensor", "RedshiftClusterSensor"),
    ("AzureDataLakeStorageListOperator", "ADLSListOperator"),
    ("BaseSQLToGoogleCloudStorageOperator", "BaseSQLToGCSOperator"),
    ("BigQueryOperator", "BigQueryExecuteQueryOperator"),
    ("BigQueryTableDeleteOperator", "BigQueryDeleteTableOperator"),
    ("BigQueryTableSensor", "BigQueryTableExistenceSensor"),
    ("BigQueryToCloudStorageOperator", "BigQueryToGCSOperator"),
    ("BigtableClusterUpdateOperator", "BigtableUpdateClusterOperator"),
    ("BigtableInstanceCreateOperator", "BigtableCreateInstanceOperator"),
    ("BigtableInstanceDeleteOperator", "BigtableDeleteInstanceOperator"),
    ("BigtableTableCreateOperator", "BigtableCreateTableOperator"),
    ("BigtableTableDeleteOperator", "BigtableDeleteTableOperator"),
    (
        "BigtableTableWaitForReplicationSensor",
        "BigtableTableReplicationCompletedSensor",
    ),
    ("BranchSqlOperator", "BranchSQLOperator"),
    ("CassandraToGoogleCloudStorageOperator", "CassandraToGCSOperator"),
    ("CheckOperator", "SQLCheckOperator"),
    ("CloudDLPDeleteDlpJobOperator", "CloudDLPDeleteDLPJobOperator"),
    ("CloudDLPGetDlpJobOperator", "CloudDLPGetDLPJobOperator"),
    ("CloudDLPGetJobTripperOperator", "CloudDLPGetDLPJobTriggerOperator"),
    ("CloudDLPListDlpJobsOperator", "CloudDLPListDLPJobsOperator"),
    (
        "CloudLanguageAnalyzeEntitiesOperator",
        "CloudNaturalLanguageAnalyzeEntitiesOperator",
    ),
    (
        "CloudLanguageAnalyzeEntitySentimentOperator",
        "CloudNaturalLanguageAnalyzeEntitySentimentOperator",
    ),
    (
        "CloudLanguageAnalyzeSentimentOperator",
        "CloudNaturalLanguageAnalyzeSentimentOperator",
    ),
    (
        "CloudLanguageClassifyTextOperator",
        "CloudNaturalLanguageClassifyTextOperator",
    ),
    (
        "CloudSpannerInstanceDatabaseDeleteOperator",
        "SpannerDeleteDatabaseInstanceOperator",
    ),
    (
        "CloudSpannerInstanceDatabaseDeployOperator",
        "SpannerDeployDatabaseInstanceOperator",
    ),
    (
        "CloudSpannerInstanceDatabaseQueryOperator",
        "SpannerQueryDatabaseInstanceOperator",
    ),
    (
        "CloudSpannerInstanceDatabaseUpdateOperator",
        "SpannerUpdateDatabaseInstanceOperator",
    ),
    ("CloudSpannerInstanceDeleteOperator", "SpannerDeleteInstanceOperator"),
    ("CloudSpannerInstanceDeployOperator", "SpannerDeployInstanceOperator"),
    ("CloudSqlBaseOperator", "CloudSQLBaseOperator"),
    ("CloudSqlInstanceCreateOperator", "CloudSQLCreateInstanceOperator"),
    (
        "CloudSqlInstanceDatabaseCreateOperator",
        "CloudSQLCreateInstanceDatabaseOperator",
    ),
    (
        "CloudSqlInstanceDatabaseDeleteOperator",
        "CloudSQLDeleteInstanceDatabaseOperator",
    ),
    (
        "CloudSqlInstanceDatabasePatchOperator",
        "CloudSQLPatchInstanceDatabaseOperator",
    ),
    ("CloudSqlInstanceDeleteOperator", "CloudSQLDeleteInstanceOperator"),
    ("CloudSqlInstanceExportOperator", "CloudSQLExportInstanceOperator"),
    ("CloudSqlInstanceImportOperator", "CloudSQLImportInstanceOperator"),
    ("CloudSqlInstancePatchOperator", "CloudSQLInstancePatchOperator"),
    ("CloudSqlQueryOperator", "CloudSQLExecuteQueryOperator"),
    ("CloudVisionAnnotateImageOperator", "CloudVisionImageAnnotateOperator"),
    ("CloudVisionDetectDocumentTextOperator", "CloudVisionTextDetectOperator"),
    ("CloudVisionProductCreateOperator", "CloudVisionCreateProductOperator"),
    ("CloudVisionProductDeleteOperator", "CloudVisionDeleteProductOperator"),
    ("CloudVisionProductGetOperator", "CloudVisionGetProductOperator"),
    (
        "CloudVisionProductSetCreateOperator",
        "CloudVisionCreateProductSetOperator",
    ),
    (
        "CloudVisionProductSetDeleteOperator",
        "CloudVisionDeleteProductSetOperator",
    ),
    ("CloudVisionProductSetGetOperator", "CloudVisionGetProductSetOperator"),
    (
        "CloudVisionProductSetUpdateOperator",
        "CloudVisionUpdateProductSetOperator",
    ),
    ("CloudVisionProductUpdateOperator", "CloudVisionUpdateProductOperator"),
    (
        "CloudVisionReferenceImageCreateOperator",
        "CloudVisionCreateReferenceImageOperator",
    ),
    ("DataFlowJavaOperator", "DataflowCreateJavaJobOperator"),
    ("DataFlowPythonOperator", "DataflowCreatePythonJobOperator"),
    ("DataProcHadoopOperator", "DataprocSubmitHadoopJobOperator"),
    ("DataProcHiveOperator", "DataprocSubmitHiveJobOperator"),
    ("DataProcJobBaseOperator", "DataprocJobBaseOperator"),
    ("DataProcPigOperator", "DataprocSubmitPigJobOperator"),
    ("DataProcPySparkOperator", "DataprocSubmitPySparkJobOperator"),
    ("DataProcSparkOperator", "DataprocSubmitSparkJobOperator"),
    ("DataProcSparkSqlOperator", "DataprocSubmitSparkSqlJobOperator"),
    ("DataflowTemplateOperator", "DataflowTemplatedJobStartOperator"),
    ("DataprocClusterCreateOperator", "DataprocCreateClusterOperator"),
    ("DataprocClusterDeleteOperator", "DataprocDeleteClusterOperator"),
    ("DataprocClusterScaleOperator", "DataprocScaleClusterOperator"),
    (
        "DataprocWorkflowTemplateInstantiateInlineOperator",
        "DataprocInstantiateInlineWorkflowTemplateOperator",
    ),
    (
        "DataprocWorkflowTemplateInstantiateOperator",
        "DataprocInstantiateWorkflowTemplateOperator",
    ),
    ("DatastoreExportOperator", "CloudDatastoreExportEntitiesOperator"),
    ("DatastoreImportOperator", "CloudDatastoreImportEntitiesOperator"),
    ("DummyOperator", "EmptyOperator"),
    ("EcsOperator", "EcsRunTaskOperator"),
    ("FileToGoogleCloudStorageOperator", "LocalFilesystemToGCSOperator"),
    ("FileToWasbOperator", "LocalFilesystemToWasbOperator"),
    (
        "GCPTransferServiceWaitForJobStatusSensor",
        "CloudDataTransferServiceJobStatusSensor",
    ),
    ("GKEClusterCreateOperator", "GKECreateClusterOperator"),
    ("GKEClusterDeleteOperator", "GKEDeleteClusterOperator"),
    ("GKEPodOperator", "GKEStartPodOperator"),
    ("GceBaseOperator", "ComputeEngineBaseOperator"),
    (
        "GceInstanceGroupManagerUpdateTemplateOperator",
        "ComputeEngineInstanceGroupUpdateManagerTemplateOperator",
    ),
    ("GceInstanceStartOperator", "ComputeEngineStartInstanceOperator"),
    ("GceInstanceStopOperator", "ComputeEngineStopInstanceOperator"),
    (
        "GceInstanceTemplateCopyOperator",
        "ComputeEngineCopyInstanceTemplateOperator",
    ),
    ("GceSetMachineTypeOperator", "ComputeEngineSetMachineTypeOperator"),
    ("GcfFunctionDeleteOperator", "CloudFunctionDeleteFunctionOperator"),
    ("GcfFunctionDeployOperator", "CloudFunctionDeployFunctionOperator"),
    (
        "GcpSpeechToTextRecognizeSpeechOperator",
        "CloudSpeechToTextRecognizeSpeechOperator",
    ),
    (
        "GcpTextToSpeechSynthesizeOperator",
        "CloudTextToSpeechSynthesizeOperator",
    ),
    (
        "GcpTransferServiceJobCreateOperator",
        "CloudDataTransferServiceCreateJobOperator",
    ),
    (
        "GcpTransferServiceJobDeleteOperator",
        "CloudDataTransferServiceDeleteJobOperator",
    ),
    (
        "GcpTransferServiceJobUpdateOperator",
        "CloudDataTransferServiceUpdateJobOperator",
    ),
    (
        "GcpTransferServiceOperationCancelOperator",
        "CloudDataTransferServiceCancelOperationOperator",
    ),
    (
        "GcpTransferServiceOperationGetOperator",
        "CloudDataTransferServiceGetOperationOperator",
    ),
    (
        "GcpTransferServiceOperationPauseOperator",
        "CloudDataTransferServicePauseOperationOperator",
    ),
    (
        "GcpTransferServiceOperationResumeOperator",
        "CloudDataTransferServiceResumeOperationOperator",
    ),
    (
        "GcpTransferServiceOperationsListOperator",
        "CloudDataTransferServiceListOperationsOperator",
    ),
    ("GcpTranslateSpeechOperator", "CloudTranslateSpeechOperator"),
    ("GoogleApiToS3Transfer", "GoogleApiToS3Operator"),
    (
        "GoogleCloudStorageBucketCreateAclEntryOperator",
        "GCSBucketCreateAclEntryOperator",
    ),
    ("GoogleCloudStorageCreateBucketOperator", "GCSCreateBucketOperator"),
    ("GoogleCloudStorageDeleteOperator", "GCSDeleteObjectsOperator"),
    ("GoogleCloudStorageDownloadOperator", "GCSToLocalFilesystemOperator"),
    ("GoogleCloudStorageListOperator", "GCSListObjectsOperator"),
    (
        "GoogleCloudStorageObjectCreateAclEntryOperator",
        "GCSObjectCreateAclEntryOperator",
    ),
    ("GoogleCloudStorageObjectSensor", "GCSObjectExistenceSensor"),
    ("GoogleCloudStorageObjectUpdatedSensor", "GCSObjectUpdateSensor"),
    ("GoogleCloudStoragePrefixSensor", "GCSObjectsWithPrefixExistenceSensor"),
    ("GoogleCloudStorageToBigQueryOperator", "GCSToBigQueryOperator"),
    ("GoogleCloudStorageToGoogleCloudStorageOperator", "GCSToGCSOperator"),
    (
        "GoogleCloudStorageToGoogleCloudStorageTransferOperator",
        "CloudDataTransferServiceGCSToGCSOperator",
    ),
    ("GoogleCloudStorageToS3Operator", "GCSToS3Operator"),
    (
        "GoogleCloudStorageUploadSessionCompleteSensor",
        "GCSUploadSessionCompleteSensor",
    ),
    ("HdfsSensorFolder", "HdfsFolderSensor"),
    ("HdfsSensorRegex", "HdfsRegexSensor"),
    ("HiveToDruidTransfer", "HiveToDruidOperator"),
    ("HiveToMySqlTransfer", "HiveToMySqlOperator"),
    ("IntervalCheckOperator", "SQLIntervalCheckOperator"),
    (
        "MLEngineBatchPredictionOperator",
        "MLEngineStartBatchPredictionJobOperator",
    ),
    ("MLEngineModelOperator", "MLEngineManageModelOperator"),
    ("MLEngineTrainingOperator", "MLEngineStartTrainingJobOperator"),
    ("MLEngineVersionOperator", "MLEngineManageVersionOperator"),
    ("MsSqlToGoogleCloudStorageOperator", "MSSQLToGCSOperator"),
    ("MsSqlToHiveTransfer", "MsSqlToHiveOperator"),
    ("MySqlToGoogleCloudStorageOperator", "MySQLToGCSOperator"),
    ("MySqlToHiveTransfer", "MySqlToHiveOperator"),
    ("OpsgenieAlertOperator", "OpsgenieCreateAlertOperator"),
    ("OracleToOracleTransfer", "OracleToOracleOperator"),
    ("PostgresToGoogleCloudStorageOperator", "PostgresToGCSOperator"),
    ("PrestoCheckOperator", "SQLCheckOperator"),
    ("PrestoIntervalCheckOperator", "SQLIntervalCheckOperator"),
    ("PrestoToMySqlTransfer", "PrestoToMySqlOperator"),
    ("PrestoValueCheckOperator", "SQLValueCheckOperator"),
    ("PubSubPublishOperator", "PubSubPublishMessageOperator"),
    ("PubSubSubscriptionCreateOperator", "PubSubCreateSubscriptionOperator"),
    ("PubSubSubscriptionDeleteOperator", "PubSubDeleteSubscriptionOperator"),
    ("PubSubTopicCreateOperator", "PubSubCreateTopicOperator"),
    ("PubSubTopicDeleteOperator", "PubSubDeleteTopicOperator"),
    ("RedshiftToS3Transfer", "RedshiftToS3Operator"),
    (
        "S3ToGoogleCloudStorageTransferOperator",
        "CloudDataTransferServiceS3ToGCSOperator",
    ),
    ("S3ToHiveTransfer", "S3ToHiveOperator"),
    ("S3ToRedshiftTransfer", "S3ToRedshiftOperator"),
    ("SQSPublishOperator", "SqsPublishOperator"),
    ("SQSSensor", "SqsSensor"),
    ("ThresholdCheckOperator", "SQLThresholdCheckOperator"),
    ("ValueCheckOperator", "SQLValueCheckOperator"),
    ("VerticaToHiveTransfer", "VerticaToHiveOperator"),
    ("VerticaToMySqlTransfer", "VerticaToMySqlOperator"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_searched() {
        assert!(DECORATED.is_sorted());
        assert!(RENAMED.is_sorted());
    }

    #[test]
    fn classes_have_the_names_that_airflow_reports() {
        for (path, class) in [
            ("airflow.operators.dummy.DummyOperator", "EmptyOperator"),
            ("airflow.operators.dummy_operator.DummyOperator", "EmptyOperator"),
            ("airflow.operators.check_operator.CheckOperator", "SQLCheckOperator"),
            (
                "airflow.contrib.operators.bigquery_operator.BigQueryOperator",
                "BigQueryExecuteQueryOperator",
            ),
            ("airflow.operators.bash.BashOperator", "BashOperator"),
            ("company.operators.dummy.DummyOperator", "DummyOperator"),
        ] {
            assert_eq!(class_name(path), class, "{path}");
        }
    }

    #[test]
    fn decorators_have_the_classes_that_airflow_reports() {
        assert_eq!(decorated_class("python"), Some("_PythonDecoratedOperator"));
        assert_eq!(decorated_class("sensor"), Some("DecoratedSensorOperator"));
        assert_eq!(decorated_class("of_a_plugin"), None);
        assert_eq!(decorator_name("python"), "@task");
        assert_eq!(decorator_name("bash"), "@task.bash");
    }
}
